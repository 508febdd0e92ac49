// Idempotency-Key as a client of the AceData protocol meets it, on a real server that is killed in between.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { type AceDataCall, CHECK_2E, callAceData, errorOf } from '../support/call-acedata.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { findTraces } from '../support/find-traces.ts';
import { createAccount } from '../support/new-account.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const person = makePerson(1);
const BODY = { mobile: person.number };

test('a charged call under an Idempotency-Key costs once, at 50 calls at once and after a kill -9', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const account = await createAccount(data, ['--quota', '10', '--rate', '1000']);
  await importPeople(data, [person]);
  let server = await startServer({ data });
  t.after(() => server.kill());
  const ask = (key: string, call: AceDataCall = {}) =>
    callAceData(server.port, {
      token: account.token,
      body: BODY,
      headers: { 'Idempotency-Key': key },
      ...call,
    });
  const replayed = ({ headers }: Awaited<ReturnType<typeof ask>>) => headers.get('idempotency-replayed');
  const quotaLeft = async () => {
    const shown = (await runJsonWithin(['account', 'show', account.accountId, '--data', data])) as {
      funds: { quota: Record<string, number> };
    };
    return shown.funds.quota['line-status'];
  };

  const key = `order-${person.number}`;
  const all = await Promise.all(Array.from({ length: 50 }, () => ask(key)));
  const [first] = all;
  assert.deepEqual([first?.status, first?.json.result], [200, '0']);
  for (const { status, json } of all) assert.deepEqual({ status, json }, { status: 200, json: first?.json });
  assert.equal(all.filter((answer) => replayed(answer) === 'true').length, 49);
  assert.equal(await quotaLeft(), 9);

  await server.kill();
  server = await startServer({ data });
  const again = await ask(key);
  assert.deepEqual([again.json, replayed(again)], [first?.json, 'true']);
  assert.equal(await quotaLeft(), 9);

  for (const other of [{ body: { mobile: makePerson(2).number } }, { path: CHECK_2E }]) {
    const refused = await ask(key, other);
    assert.deepEqual(
      [refused.status, errorOf(refused)],
      [400, { code: 'bad_request', message: 'The Idempotency-Key came with another request before.' }],
    );
  }
  for (const malformed of ['', 'two words', 'x'.repeat(256), 'clé']) {
    const refused = await ask(malformed);
    assert.deepEqual([refused.status, errorOf(refused).code], [400, 'bad_request'], malformed);
    assert.match(errorOf(refused).message, /Idempotency-Key/);
  }
  const malformed = { body: { mobile: '1' } };
  assert.equal((await ask('free', malformed)).json.result, '-2');
  assert.equal(replayed(await ask('free', malformed)), undefined, 'what cost nothing is asked anew');
  assert.equal(errorOf(await ask('free')).code, 'bad_request', 'and names no other question');
  const chinese = await ask(key, { headers: { 'Idempotency-Key': key, 'Accept-Language': 'zh' } });
  assert.deepEqual(chinese.json, first?.json, 'as it was given, whatever language is asked for now');
  const fresh = await ask('another');
  assert.deepEqual([fresh.json, replayed(fresh)], [first?.json, undefined]);
  assert.equal(await quotaLeft(), 8);

  assert.equal(await server.stop(), 0);
  assert.deepEqual(findTraces(data, [key, person.number]), []);
});

test('a signed call under an Idempotency-Key costs once, however it is signed again', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const account = await createAccount(data, ['--quota', '10']);
  await importPeople(data, [person]);
  const server = await startServer({ data });
  t.after(() => server.kill());
  const ask = (mobile: string, key: string) =>
    callOverWire(server.port, account, {
      payload: JSON.stringify({ Mobile: mobile }),
      headers: { 'Idempotency-Key': key },
    });
  const first = await ask(person.number, 'a');
  assert.equal(first.Result, '0');
  assert.deepEqual(await ask(person.number, 'a'), first, 'the request id is that of the charged call');
  assert.equal((await ask(makePerson(2).number, 'a')).Error?.Code, 'InvalidParameter');
  assert.equal((await ask(person.number, 'two words')).Error?.Code, 'InvalidParameterValue');
  assert.notEqual((await ask(person.number, 'b')).RequestId, first.RequestId);
  // Of the other protocol the same name is another question.
  const other = await callAceData(server.port, {
    token: account.token,
    body: BODY,
    headers: { 'Idempotency-Key': 'a' },
  });
  assert.equal(errorOf(other).code, 'bad_request');
  assert.equal(await server.stop(), 0);
});

test("a repeated call stands in the account's usage as a free one", async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const account = await createAccount(data, ['--balance', '1000']);
  await importPeople(data, [person]);
  const server = await startServer({ data });
  t.after(() => server.kill());
  const ask = () =>
    callAceData(server.port, { token: account.token, body: BODY, headers: { 'Idempotency-Key': 'a' } });
  await ask();
  await ask();
  const listed = await fetch(`${server.url}/api/v1/usage/apis`, {
    headers: { authorization: `Bearer ${account.token}` },
  });
  const { items } = (await listed.json()) as { items: Record<string, unknown>[] };
  assert.deepEqual(
    items.map((item) => [item.deducted_amount, (item.metadata as { outcome: string }).outcome]),
    [
      [0, 'known'],
      [20, 'known'],
    ],
  );
  assert.equal(await server.stop(), 0);
});

test('sandbox calls repeat under their key as live ones do', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const { token } = await createAccount(data, ['--sandbox']);
  const server = await startServer({ data });
  t.after(() => server.kill());
  const ask = (mobile: string) =>
    callAceData(server.port, { token, body: { mobile }, headers: { 'Idempotency-Key': 'a' } });
  const first = await ask('13800138000');
  const second = await ask('13800138000');
  assert.deepEqual([second.json, second.headers.get('idempotency-replayed')], [first.json, 'true']);
  assert.equal(errorOf(await ask('13800138001')).code, 'bad_request');
});

test('a code is sent once under its key, also when the server was killed in between, and its verification goes on', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const { token } = await createAccount(data, ['--quota', '10']);
  const to = '+8618766554433';
  let server = await startServer({ data });
  t.after(() => server.kill());
  const send = (path: string, body: object, key = 'sign-in-1') =>
    fetch(`${server.url}/api/v1/verifications${path}`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
  const first = await send('', { to });
  assert.equal(first.status, 201);
  const answer = (await first.json()) as { id: string };
  const code = await codeShownFor(server, to);
  // What is not noted as sent when the server dies is handed over once more.
  for (let state = ''; state !== 'sent'; ) {
    const headers = { authorization: `Bearer ${token}` };
    const found = await fetch(`${server.url}/api/v1/verifications/${answer.id}`, { headers });
    state = ((await found.json()) as { deliveryStatus: string }).deliveryStatus;
  }
  await server.kill();
  server = await startServer({ data });
  const again = await send('', { to });
  assert.deepEqual(
    [again.status, await again.json(), again.headers.get('idempotency-replayed')],
    [201, answer, 'true'],
  );
  const path = `/${answer.id}/check`;
  assert.equal((await send(path, { code })).status, 409, 'the key names the send');
  assert.equal((await send(path, { code }, 'entered-1')).status, 200);
  assert.ok(!server.stderr().includes(to), 'no second message');
  assert.equal(await server.stop(), 0);
  assert.deepEqual(findTraces(data, [code, to]), []);
});
