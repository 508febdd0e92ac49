// One-time codes over Lineproof's own calls, as an application without an SDK makes them: a real server, the code read off the
// outbox of development.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountOffice } from '../../src/app/accounts.ts';
import { NO_CAPS } from '../../src/domain/usage-cap.ts';
import type { KeyRestriction } from '../../src/ports/accounts.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { eventually } from '../support/eventually.ts';
import { createManagementClient, type ManagementReply } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PRICE = 20;
const ATTEMPTS = 5;
const UNRESTRICTED: KeyRestriction = {
  ...{ service: undefined, actions: undefined, expiresAtMs: undefined, callsMax: undefined, caps: undefined },
};

const data = join(makeTemporaryDirectory({ after }), 'data');
let server: RunningServer;
let office: AccountOffice;
let client: ReturnType<typeof createManagementClient>;
let numbers = 0;
/** Nobody has had a code there yet. */
const nextNumber = () => `+8618766${String(554_400 + ++numbers)}`;

before(async () => {
  office = openOperatorOffice(data);
  await begin();
});

async function begin(): Promise<void> {
  server = await startServer({
    data,
    args: [
      ...['--time-zone', NOON_ZONE, '--prices', JSON.stringify({ 'code-send': PRICE })],
      ...['--verify-limits', JSON.stringify({ user: 2 })],
    ],
  });
  client = createManagementClient(server.port);
}

async function restart(): Promise<void> {
  await server.kill();
  await begin();
}

after(async () => {
  office?.close();
  await server?.kill();
});

interface Opened {
  readonly balance?: number;
  readonly restriction?: Partial<KeyRestriction>;
  readonly services?: readonly ('contact-verification' | 'line-status')[];
  readonly sandbox?: boolean;
}

function open({
  balance = 10_000,
  restriction,
  services = ['contact-verification'],
  sandbox = false,
}: Opened = {}) {
  const { account, key } = office.open({
    ...{ name: 'Shop', services: [...services], sandbox, state: 'active', ratePerSecond: 1000 },
    ...{ quota: 0, balanceMinor: sandbox ? 0 : balance },
  });
  const { accountId } = account;
  const { token } =
    restriction === undefined
      ? key
      : office.administration.createKey(accountId, undefined, {
          restriction: { ...UNRESTRICTED, ...restriction },
        });
  const headers = { authorization: `Bearer ${token}` };
  return {
    accountId,
    ask: (line: string, body?: object, more: Readonly<Record<string, string>> = {}) =>
      client.call(line, { headers: { ...headers, ...more }, ...(body === undefined ? {} : { body }) }),
  };
}
type Shop = ReturnType<typeof open>;

const codeOf = ({ json }: ManagementReply) => (json.error as { code?: string } | undefined)?.code;
const told = (reply: ManagementReply) => [reply.status, codeOf(reply)];
const wrongFor = (code: string) => (code === '111111' ? '222222' : '111111');
const messagesTo = (to: string) => server.stderr().split(`To: ${to}\n`).length - 1;
const check = ({ ask }: Shop, id: unknown, code: string) => ask(`POST /verifications/${id}/check`, { code });

async function start({ ask }: Shop, to: string, more: object = {}) {
  const reply = await ask('POST /verifications', { to, ...more });
  assert.equal(reply.status, 201, reply.text);
  return { reply, id: String(reply.json.id), code: await codeShownFor(server, to) };
}

test('a code is sent, entered once, and what became of it can be looked up', async () => {
  const shop = open();
  const to = nextNumber();
  const { reply, id, code } = await start(shop, to, { purpose: 'login', language: 'en' });
  const { expiresAt, resendAt, ...rest } = reply.json;
  assert.deepEqual(rest, {
    ...{ id, status: 'pending', to: `${to.slice(0, 6)}****${to.slice(-4)}`, kind: 'phone', purpose: 'login' },
    deliveryStatus: 'queued',
  });
  assert.ok(Date.parse(String(expiresAt)) > Date.parse(String(resendAt)));
  assert.deepEqual(told(await check(shop, id, wrongFor(code))), [400, 'wrong_code']);
  const verified = await check(shop, id, `${code.slice(0, 3)} ${code.slice(3)}`);
  assert.deepEqual([verified.status, verified.json], [200, { id, status: 'verified' }]);
  assert.deepEqual(told(await check(shop, id, code)), [409, 'unusable_code']);
  const { json } = await shop.ask(`GET /verifications/${id}`);
  const { createdAt: _, changedAt: __, ...found } = json;
  assert.deepEqual(found, {
    ...{ id, status: 'verified', to: rest.to, kind: 'phone', purpose: 'login', deliveryStatus: 'sent' },
    ...{ channel: 'outbox', reason: '', resent: false, expiresAt },
  });
  const list = await shop.ask('GET /verifications');
  assert.deepEqual([list.json.count, (list.json.items as { id: string }[])[0]?.id], [1, id]);
});

test('a mailbox gets its code in its language, and codes of two purposes never stand for one another', async () => {
  const shop = open();
  const to = 'ann@example.org';
  const login = await start(shop, to, { purpose: 'login', language: 'zh' });
  await eventually(() => /Shop：您的验证码/.test(server.stderr()), 'the message is printed');
  const pay = await start(shop, to, { purpose: 'pay' });
  const second = await codeShownFor(server, to, 2);
  if (login.code !== second)
    assert.deepEqual(told(await check(shop, pay.id, login.code)), [400, 'wrong_code']);
  assert.equal((await check(shop, login.id, login.code)).status, 200);
  assert.equal((await check(shop, pay.id, second)).status, 200);
});

test('after so many wrong codes none helps any more, the right one either', async () => {
  const shop = open();
  const { id, code } = await start(shop, nextNumber());
  for (let tried = 0; tried < ATTEMPTS; tried += 1)
    assert.deepEqual(told(await check(shop, id, wrongFor(code))), [400, 'wrong_code'], `attempt ${tried}`);
  assert.deepEqual(told(await check(shop, id, code)), [409, 'unusable_code']);
  assert.equal((await shop.ask(`GET /verifications/${id}`)).json.status, 'exhausted');
});

test('a second code to one recipient waits, for as long as Retry-After says, and costs nothing until then', async () => {
  const shop = open();
  const to = nextNumber();
  await start(shop, to);
  const early = await shop.ask('POST /verifications', { to });
  assert.deepEqual(told(early), [429, 'send_too_early']);
  const seconds = Number(early.headers['retry-after']);
  assert.ok(seconds > 20 && seconds <= 30, String(seconds));
  assert.equal(office.fundsOf(shop.accountId).balanceMinor, 10_000 - PRICE);
  const { json } = await shop.ask('GET /verifications/refusals');
  const [refusal] = json.items as Record<string, unknown>[];
  assert.deepEqual([json.count, refusal?.guard, refusal?.country], [1, 'delay', 'CN']);
  const sums = await shop.ask('GET /verifications/guards');
  assert.deepEqual(sums.json.items, [
    { guard: 'delay', country: 'CN', count: 1, savedMinor: Number(refusal?.savedMinor) },
  ]);
  assert.equal(sums.json.savedMinor, refusal?.savedMinor);
});

test('who may not be written to is refused in the same words whatever the reason, and the account sees the reason', async () => {
  const shop = open();
  for (const to of ['+14155550123', '+861012345678'])
    assert.deepEqual(told(await shop.ask('POST /verifications', { to })), [403, 'send_refused'], to);
  const { json } = await shop.ask('GET /verifications/refusals');
  assert.deepEqual(
    (json.items as { guard: string }[]).map(({ guard }) => guard),
    ['line_type', 'country'],
  );
});

test('a check under one Idempotency-Key is answered alike however often it comes, in the sandbox too, and by a server that was killed', async () => {
  const [shop, sandbox] = [open(), open({ sandbox: true })];
  const live = await start(shop, nextNumber());
  const rehearsed = await sandbox.ask('POST /verifications', { to: nextNumber() });
  const cases = [
    [shop, live.id, live.code],
    [sandbox, String(rehearsed.json.id), '123456'],
  ] as const;
  const enter = ({ ask }: Shop, id: string, code: string, key: string) =>
    ask(`POST /verifications/${id}/check`, { code }, { 'idempotency-key': key });
  for (const [{ ask }, id, code] of cases) {
    const once = (key: string, entered = code) => enter({ ask } as Shop, id, entered, key);
    assert.deepEqual(told(await once('wrong', wrongFor(code))), [400, 'wrong_code']);
    const all = await Promise.all(Array.from({ length: 20 }, () => once('right')));
    for (const { status, json } of all) assert.deepEqual([status, json], [200, { id, status: 'verified' }]);
    assert.equal(all.filter(({ headers }) => headers['idempotency-replayed'] === 'true').length, 19);
    assert.deepEqual(told(await once('another')), [409, 'unusable_code']);
    assert.deepEqual(told(await once('right', wrongFor(code))), [409, 'conflict'], 'another question');
  }
  await restart();
  const again = await enter(shop, live.id, live.code, 'right');
  assert.deepEqual([again.status, again.json], [200, { id: live.id, status: 'verified' }]);
});

test('the same request under one Idempotency-Key sends once and costs once, at twenty at once', async () => {
  const shop = open();
  const to = nextNumber();
  const ask = (body: object = { to }) =>
    shop.ask('POST /verifications', body, { 'idempotency-key': 'order-17' });
  const all = await Promise.all(Array.from({ length: 20 }, () => ask()));
  const [first] = all;
  assert.ok(first !== undefined);
  assert.equal(first.status, 201, first.text);
  for (const { status, json } of all) assert.deepEqual([status, json], [201, first.json]);
  assert.equal(all.filter(({ headers }) => headers['idempotency-replayed'] === 'true').length, 19);
  const code = await codeShownFor(server, to);
  assert.equal(messagesTo(to), 1);
  assert.equal(office.fundsOf(shop.accountId).balanceMinor, 10_000 - PRICE);
  assert.deepEqual(told(await ask({ to: nextNumber() })), [409, 'conflict']);
  const malformed = await shop.ask('POST /verifications', { to }, { 'idempotency-key': 'two words' });
  assert.deepEqual(told(malformed), [400, 'bad_request']);
  assert.equal((await check(shop, first.json.id, code)).status, 200);
});

test("another account's verification is one that does not exist, and loses no attempt", async () => {
  const [shop, other] = [open(), open()];
  const { id, code } = await start(shop, nextNumber());
  for (let tried = 0; tried < ATTEMPTS + 1; tried += 1)
    assert.deepEqual(told(await check(other, id, wrongFor(code))), [404, 'not_found']);
  assert.deepEqual(told(await check(other, id, code)), [404, 'not_found']);
  assert.deepEqual(told(await other.ask(`GET /verifications/${id}`)), [404, 'not_found']);
  assert.equal((await other.ask('GET /verifications')).json.count, 0);
  assert.equal((await check(shop, id, code)).status, 200);
});

test('a credential that is restricted to something else neither sends nor sees anything', async () => {
  const services = ['contact-verification', 'line-status'] as const;
  const elsewhere = open({ services, restriction: { service: 'line-status' } });
  const to = nextNumber();
  for (const line of ['GET /verifications', 'GET /verifications/refusals', 'GET /verifications/guards'])
    assert.deepEqual(told(await elsewhere.ask(line)), [403, 'forbidden'], line);
  assert.deepEqual(told(await elsewhere.ask('POST /verifications', { to })), [403, 'forbidden']);
  const checking = open({ restriction: { actions: new Set(['verification-check']) } });
  assert.deepEqual(told(await checking.ask('POST /verifications', { to })), [403, 'forbidden']);
  assert.equal((await checking.ask('GET /verifications')).status, 200);
  const without = open({ services: ['line-status'] });
  assert.deepEqual(told(await without.ask('POST /verifications', { to })), [403, 'need_application']);
  assert.equal(messagesTo(to), 0);
});

test('who lacks funds or is at a cap sends nothing: what was written is dropped', async () => {
  const to = nextNumber();
  const poor = open({ balance: PRICE - 1 });
  assert.deepEqual(told(await poor.ask('POST /verifications', { to })), [403, 'used_up']);
  const capped = open({ restriction: { caps: { ...NO_CAPS, callsPerDay: 1 } } });
  await start(capped, nextNumber());
  assert.deepEqual(told(await capped.ask('POST /verifications', { to })), [403, 'cap_reached']);
  office.administration.suspend(capped.accountId);
  assert.deepEqual(told(await capped.ask('POST /verifications', { to })), [403, 'forbidden']);
  office.administration.resume(capped.accountId);
  assert.equal((await capped.ask('GET /verifications')).json.count, 1);
  await start(open(), nextNumber());
  assert.equal(messagesTo(to), 0, 'also after a later message has come');
});

test('what is malformed is refused with the field and the rule, and is no call', async () => {
  const shop = open();
  const refused = async (body: object) => told(await shop.ask('POST /verifications', body));
  const to = nextNumber();
  for (const wrong of ['123', 'ann@', '@example.org', '+86123'])
    assert.deepEqual(await refused({ to: wrong }), [400, 'invalid_recipient'], wrong);
  for (const more of [
    ...[{ purpose: 'contact' }, { purpose: 'Two Words' }, { language: 'fr' }, { template: 'none' }],
    ...[{ channels: [] }, { channels: ['pigeon'] }, { clientAddress: '192.0.2.256' }, { sender: 'me' }],
  ])
    assert.deepEqual(await refused({ to, ...more }), [400, 'bad_request'], JSON.stringify(more));
  assert.equal(office.fundsOf(shop.accountId).balanceMinor, 10_000);
  assert.equal(messagesTo(to), 0);
});

test("sends are counted by the address of the application's own user where it names one", async () => {
  const shop = open();
  const ask = (clientAddress: string) => shop.ask('POST /verifications', { to: nextNumber(), clientAddress });
  for (const address of ['192.0.2.7', '2001:db8:1:2::1', '192.0.2.7', '2001:db8:1:2:ffff::'])
    assert.equal((await ask(address)).status, 201, address);
  for (const address of ['::ffff:192.0.2.7', '2001:db8:1:2::77']) {
    const refused = await ask(address);
    assert.deepEqual(told(refused), [429, 'send_limit_reached'], address);
    assert.ok(Number(refused.headers['retry-after']) > 0);
  }
  for (const address of ['192.0.2.8', '2001:db8:1:3::1'])
    assert.equal((await ask(address)).status, 201, address);
});

test('calls stand in usage and in the ledger under the protocol lineproof', async () => {
  const shop = open();
  const { id, code } = await start(shop, nextNumber());
  await check(shop, id, wrongFor(code));
  await check(shop, id, code);
  const { json } = await shop.ask('GET /usage/apis?protocol=lineproof');
  const rows = json.items as {
    status_code: number;
    metadata: Record<string, unknown>;
    api: { path: string };
  }[];
  assert.deepEqual(
    rows.map(({ status_code: status, metadata: { action, outcome, result, charged } }) =>
      [status, action, outcome, result, charged].join(' '),
    ),
    [
      '200 verification-check code_verified verified false',
      '400 verification-check code_wrong  false',
      '201 verification-start code_sent pending true',
    ],
  );
  assert.deepEqual(
    rows.map(({ api }) => api.path),
    ['/api/v1/verifications/{id}/check', '/api/v1/verifications/{id}/check', '/api/v1/verifications'],
  );
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(
    metrics,
    /lineproof_calls_total\{protocol="lineproof",action="verification-start",.*code_sent"\} \d/,
  );
  const verified = (await runJsonWithin(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verified.ok, true);
});

test('in the sandbox the whole flow goes with one code, and nothing is sent or kept among live ones', async () => {
  const [shop, other] = [open({ sandbox: true }), open({ sandbox: true })];
  const to = nextNumber();
  const first = await shop.ask('POST /verifications', { to });
  assert.equal(first.status, 201);
  const { json, status } = await shop.ask('POST /verifications', { to });
  assert.equal(status, 201, 'however often');
  assert.deepEqual(told(await check(shop, first.json.id, '123456')), [409, 'unusable_code'], 'as live');
  assert.deepEqual(told(await check(shop, json.id, '000000')), [400, 'wrong_code']);
  assert.deepEqual(told(await check(other, json.id, '123456')), [404, 'not_found']);
  assert.deepEqual((await check(shop, json.id, '123456')).json, { id: json.id, status: 'verified' });
  assert.deepEqual(told(await check(shop, json.id, '123456')), [409, 'unusable_code']);
  assert.equal((await shop.ask(`GET /verifications/${json.id}`)).json.status, 'verified');
  assert.equal((await shop.ask('GET /verifications')).json.count, 2);
  assert.equal((await other.ask('GET /verifications')).json.count, 0);
  const refusals = {
    '16900030201': 'send_refused',
    '16900030204': 'send_too_early',
    '16900030006': 'unavailable',
  };
  for (const [number, code] of Object.entries(refusals))
    assert.equal(codeOf(await shop.ask('POST /verifications', { to: number })), code, number);
  const unusable = await shop.ask('POST /verifications', { to: '16900030301' });
  assert.deepEqual(told(await check(shop, unusable.json.id, '123456')), [409, 'unusable_code']);
  const unheard = await shop.ask('POST /verifications', { to: '16900030001' });
  assert.equal((await shop.ask(`GET /verifications/${unheard.json.id}`)).json.deliveryStatus, 'sent');
  assert.equal(messagesTo(to), 0);
});
