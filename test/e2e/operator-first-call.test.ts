// What whoever follows the link of the first start does with keys of accounts: creates one, calls with one in the Explorer,
// learns why a signature fails. The secret is seen by who creates a key and nobody else, and each act is in the audit log.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runJson } from '../support/command-line.ts';
import { createManagementClient } from '../support/management-client.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

type Json = Record<string, unknown>;
type Headers = Readonly<Record<string, string>>;

interface Issued {
  readonly id: string;
  readonly token: string;
  readonly secret_id: string;
  readonly secret_key: string;
}

interface FirstAccount {
  readonly accountId: string;
  readonly kind: 'sandbox' | 'demonstration';
  readonly exampleNumber: string;
}

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
/** As the printed link lets in. */
let operator: Headers;
let ann: SignedUpPerson;
let sandbox: FirstAccount;
let live: FirstAccount;
after(() => server?.kill());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  server = await startServer({ data, args: ['--first-run', ...QUICK_PASSWORDS] });
  client = createManagementClient(server.port);
  const printed = JSON.parse(server.stdout()) as { accounts: FirstAccount[]; operatorLink: string };
  const link = new URL(printed.operatorLink).hash.slice(1);
  const { cookie } = await client.call('POST /operator/session', { body: { link } });
  operator = client.withSession(cookie);
  const [first, second] = ['sandbox', 'demonstration'].map((kind) =>
    printed.accounts.find((one) => one.kind === kind),
  );
  assert.ok(first !== undefined && second !== undefined);
  [sandbox, live] = [first, second];
  ann = await signUpPerson(server, client, 'ann@example.org');
});

async function ask(line: string, body?: unknown, headers: Headers = operator): Promise<Json> {
  const { status, text, json } = await client.call(line, {
    headers,
    ...(body === undefined ? {} : { body }),
  });
  assert.ok(status < 300, `${line}: ${status} ${text}`);
  return json;
}

const create = (accountId: string, body: Json) =>
  ask(`POST /operator/accounts/${accountId}/credentials`, body) as unknown as Promise<Issued & Json>;

/** What an operator did last, newest first. */
async function audited(act: string): Promise<readonly Json[]> {
  const { items } = await ask(`GET /operator/audit?act=${act}&actor=operator:operator`);
  return items as Json[];
}

test('an operator creates a key for any account, of the first start too: it calls, is shown once, and is audited', async () => {
  const ask1e = async ({ token }: Issued, mobile: string) => {
    const answer = await fetch(`${server.url}/identity/phone/check-1e`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ mobile }),
    });
    return answer.status;
  };
  const known = live.exampleNumber.replace('+86', '');
  for (const [accountId, body, number, isSandbox] of [
    [sandbox.accountId, { name: 'on its own' }, '13800138000', true],
    [sandbox.accountId, { name: 'on purpose', sandbox: true }, '13800138000', true],
    [live.accountId, { name: 'live', limited_amount: 1 }, known, false],
    [live.accountId, { name: 'beside it', sandbox: true }, '13800138000', true],
    [ann.accountId, { name: 'for Ann', sandbox: true }, '13800138000', true],
  ] as const) {
    const made = await create(accountId, body);
    assert.deepEqual([made.sandbox, made.name, made.user_id], [isSandbox, body.name, accountId]);
    assert.equal(await ask1e(made, number), 200);
    const listed = JSON.stringify(await ask(`GET /operator/accounts/${accountId}/credentials?limit=100`));
    assert.ok(listed.includes(made.id) && !listed.includes(made.token) && !listed.includes(made.secret_key));
    const [act] = await audited('key.create');
    assert.deepEqual([act?.subject, (act?.after as Json).name], [made.secret_id, body.name]);
    assert.ok(!JSON.stringify(act).includes(made.secret_key));
    if (!isSandbox) assert.equal(await ask1e(made, number), 403, 'limited like any other');
  }
});

test("a key that an operator creates obeys the rules of its account's holder", async () => {
  const refused = async (body: Json, accountId = ann.accountId, headers = operator) =>
    (await client.call(`POST /operator/accounts/${accountId}/credentials`, { headers, body })).status;
  const { items } = await ask(`GET /operator/accounts/${live.accountId}/applications?limit=100`);
  const [application] = items as { id: string; service: string }[];
  const made = await create(live.accountId, { application_id: application?.id });
  assert.equal(made.application_id, application?.id);
  assert.equal(await refused({ application_id: application?.id }), 404, 'a service of another account');
  assert.equal(await refused({ expired_at: '2020-01-01T00:00:00Z' }), 400);
  assert.equal(await refused({ allowed_api_ids: [] }), 400);
  assert.equal(await refused({ name: 'two\nlines' }), 400);
  assert.equal(await refused({}, '100000009999'), 404);
  await ask(`POST /operator/accounts/${ann.accountId}/suspend`);
  assert.equal(await refused({}), 403);
  await ask(`POST /operator/accounts/${ann.accountId}/resume`);
  assert.equal(await refused({}, live.accountId, ann.headers), 403, 'for operators only');
  assert.equal(await refused({}, live.accountId, { ...operator, origin: 'https://evil.example' }), 403);
});

test('the ledger stays whole', async () => {
  const verified = (await runJson(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verified.ok, true);
});
