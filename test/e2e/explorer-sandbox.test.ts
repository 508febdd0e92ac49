// The sandbox's documented inputs over HTTP: complete, true when they are called, and readable by everybody.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SANDBOX_TABLE } from '../../src/sources/sandbox/table.ts';
import { CONTACT_TABLE } from '../../src/sources/sandbox/table-contacts.ts';
import { createManagementClient } from '../support/management-client.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

interface Input {
  readonly name: string;
  readonly section: string;
  readonly input: Record<string, unknown>;
  readonly meaning: { readonly en: string; readonly zh: string };
  readonly delay_ms: number;
  readonly result: string | null;
  readonly fault: string | null;
  readonly delivery: readonly object[];
}

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
after(() => server?.kill());

before(async () => {
  server = await startServer({ data: `${makeTemporaryDirectory({ after })}/data`, args: QUICK_PASSWORDS });
  client = createManagementClient(server.port);
});

async function inputsOf(protocol: string, action: string): Promise<readonly Input[]> {
  const { status, text, json } = await client.call(
    `GET /explorer/sandbox?${new URLSearchParams({ protocol, action })}`,
    {},
  );
  assert.equal(status, 200, text);
  return json.items as readonly Input[];
}

test('every documented number is listed for a question about a line, and every recipient for one that sends', async () => {
  const numbers = (await inputsOf('tencent', 'MobileStatus')).map(({ input }) => input.Mobile);
  assert.deepEqual(new Set(numbers), new Set(SANDBOX_TABLE.map(({ number }) => number)));
  const sent = (await inputsOf('tencent', 'SendPhoneEmailCode')).map(({ input }) => input.Code);
  assert.deepEqual(
    new Set(sent),
    new Set(
      CONTACT_TABLE.flatMap(({ number, address }) => [number, address]).filter((text) => text !== undefined),
    ),
  );
});

test('of every action each input has a name of its own without a number, its own form, and a meaning in both languages', async () => {
  const { json } = await client.call('GET /explorer/actions', {});
  const actions = json.actions as { protocol: string; action: string; fields: { name: string }[] }[];
  assert.ok(actions.length > 20);
  for (const { protocol, action, fields } of actions) {
    const inputs = await inputsOf(protocol, action);
    const distinct = (of: (input: Input) => string) => new Set(inputs.map(of)).size;
    assert.equal(
      distinct(({ name }) => name),
      inputs.length,
      action,
    );
    assert.equal(
      distinct(({ input }) => JSON.stringify(input)),
      inputs.length,
      action,
    );
    for (const { name, input, meaning } of inputs) {
      assert.match(name, /^[a-z]+(?:-[a-z0-9]+)*$/, action);
      assert.doesNotMatch(name, /\d{8}/);
      assert.match(meaning.zh, /[\u4e00-\u9fff]/);
      const known = new Set(fields.map((field) => field.name));
      assert.deepEqual(
        Object.keys(input).filter((field) => !known.has(field)),
        [],
        action,
      );
    }
  }
});

test('what is listed is what a sandbox key gets', async () => {
  const { headers } = await signUpPerson(server, client, 'ann@example.org');
  const { json: key } = await client.call('POST /credentials', { headers, body: { sandbox: true } });
  for (const [protocol, action] of [
    ['tencent', 'PhoneVerification'],
    ['acedata', 'check-3e'],
    ['tencent', 'CreatePhoneEmail'],
    ['tencent', 'DescribeKey'],
    ['lineproof', 'verification-start'],
  ] as const) {
    const inputs = (await inputsOf(protocol, action)).filter(({ delay_ms: delayMs }) => delayMs === 0);
    assert.ok(inputs.length > 10, action);
    // Some of each kind: the whole table is walked elsewhere.
    for (const { name, input, result } of inputs.filter((_, index) => index % 9 === 0)) {
      const { status, text, json } = await client.call('POST /explorer/calls', {
        headers,
        body: { credential_id: key.id, protocol, action, input },
      });
      assert.equal(status, 200, `${action} ${name}: ${text}`);
      const { body } = json.response as { body: string };
      if (result !== null) assert.ok(body.includes(`"${result}"`), `${action} ${name}: ${result} in ${body}`);
    }
  }
});

test('what there is not is not found, and what is not asked in full is a bad request', async () => {
  const statusOf = async (query: string) => (await client.call(`GET /explorer/sandbox${query}`, {})).status;
  assert.equal(await statusOf('?protocol=tencent&action=Nothing'), 404);
  assert.equal(await statusOf('?protocol=nobody&action=MobileStatus'), 404);
  assert.equal(await statusOf(''), 400);
});
