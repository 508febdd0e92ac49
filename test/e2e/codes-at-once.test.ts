// Fifty codes entered at once over connections of their own: one is good exactly once, and of wrong ones exactly the budget is
// compared, whatever is sent in the middle and however often the server dies.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  callContacts,
  createCaller,
  NO_CODE,
  openConnections,
  REFUSED,
  SENT,
  UNLIMITED_SENDS,
  VERIFIED,
  WRONG_CODE,
} from '../support/call-contacts.ts';
import { count } from '../support/codes.ts';
import type { KeepAliveClient } from '../support/http-client.ts';
import type { NewAccount } from '../support/new-account.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const CALLS = 50;
const BUDGET = 5;

const data = join(makeTemporaryDirectory({ after }), 'data');
let account: NewAccount;
let server: RunningServer;
let connections: KeepAliveClient[] = [];
let numbers = 0;
after(async () => {
  for (const connection of connections) connection.close();
  await server?.kill();
});

async function start(): Promise<void> {
  for (const connection of connections) connection.close();
  server = await startServer({ data, args: [...UNLIMITED_SENDS, '--log-requests', 'none'] });
  connections = await openConnections(server.port, CALLS + 1);
}

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createCaller(data);
  await start();
});

function nextNumber(): string {
  numbers += 1;
  return `1380013${String(numbers).padStart(4, '0')}`;
}

async function call(
  at: number,
  action: 'SendIntlPhoneEmailCode' | 'CreateIntlPhoneEmail',
  to: string,
  code?: string,
) {
  const connection = connections[at];
  assert.ok(connection !== undefined);
  const wanted = { action, to, ...(code !== undefined && { code }) };
  return (await callContacts(connection, account, server.port, wanted)).code;
}

async function send(to: string, nth?: number): Promise<string> {
  assert.equal(await call(CALLS, 'SendIntlPhoneEmailCode', to), SENT);
  return codeShownFor(server, `+86${to}`, nth);
}

const enter = (to: string, code: string, times = CALLS): Promise<string[]> =>
  Promise.all(Array.from({ length: times }, (_, at) => call(at, 'CreateIntlPhoneEmail', to, code)));
const otherThan = (...codes: string[]): string =>
  ['111111', '222222', '333333'].find((code) => !codes.includes(code)) ?? '';

test('of 50 right codes at once exactly one is good', async () => {
  const to = nextNumber();
  const answers = await enter(to, await send(to));
  assert.deepEqual([count(answers, SENT), count(answers, VERIFIED)], [1, CALLS - 1]);
});

test('of 50 wrong codes at once exactly the budget is compared', async () => {
  const to = nextNumber();
  const code = await send(to);
  const answers = await enter(to, otherThan(code));
  assert.deepEqual([count(answers, WRONG_CODE), count(answers, NO_CODE)], [BUDGET, CALLS - BUDGET]);
  assert.equal(await call(0, 'CreateIntlPhoneEmail', to, code), NO_CODE, 'also the right one, from then on');
  assert.equal(await call(0, 'SendIntlPhoneEmailCode', to), REFUSED);
});

test('a new code in the middle of 50 wrong ones brings no attempt more', async () => {
  const to = nextNumber();
  const code = await send(to);
  const entering = enter(to, otherThan(code));
  const [answers, resent] = await Promise.all([entering, call(CALLS, 'SendIntlPhoneEmailCode', to)]);
  assert.ok(resent === SENT || resent === REFUSED, resent);
  // A new code may by chance be the wrong one: one of a million.
  assert.deepEqual([count(answers, WRONG_CODE), count(answers, NO_CODE)], [BUDGET, CALLS - BUDGET]);
  assert.deepEqual(new Set(await enter(to, code)), new Set([NO_CODE]));
});

test('a new code between wrong ones brings no attempt more', async () => {
  const to = nextNumber();
  const code = await send(to);
  assert.deepEqual(new Set(await enter(to, otherThan(code), 3)), new Set([WRONG_CODE]));
  const newer = await send(to, 2);
  const answers = await enter(to, otherThan(code, newer));
  assert.deepEqual([count(answers, WRONG_CODE), count(answers, NO_CODE)], [BUDGET - 3, CALLS - BUDGET + 3]);
  assert.equal(await call(0, 'CreateIntlPhoneEmail', to, newer), NO_CODE);
});

test('a new code makes the one before it worthless: of 50 new ones at once exactly one is good', async () => {
  const to = nextNumber();
  const code = await send(to);
  const newer = await send(to, 2);
  if (code !== newer) assert.equal(await call(0, 'CreateIntlPhoneEmail', to, code), WRONG_CODE);
  const answers = await enter(to, newer);
  assert.deepEqual([count(answers, SENT), count(answers, VERIFIED)], [1, CALLS - 1]);
});

/** Kills the server as soon as so many of the calls are answered; what was heard of them. */
async function enterUntilKilled(to: string, code: string, answered: number): Promise<string[]> {
  const heard: string[] = [];
  const calls = Array.from({ length: CALLS }, (_, at) =>
    call(at, 'CreateIntlPhoneEmail', to, code).then(
      async (answer) => {
        heard.push(answer);
        if (heard.length === answered) await server.kill();
      },
      () => {},
    ),
  );
  await Promise.all(calls);
  await server.kill();
  return heard;
}

test('kill -9 between wrong codes forgets none of them', async () => {
  const to = nextNumber();
  const code = await send(to);
  assert.deepEqual(new Set(await enter(to, otherThan(code), 3)), new Set([WRONG_CODE]));
  await server.kill();
  await start();
  const answers = await enter(to, otherThan(code));
  assert.deepEqual([count(answers, WRONG_CODE), count(answers, NO_CODE)], [BUDGET - 3, CALLS - BUDGET + 3]);
});

test('kill -9 in the middle of 50 wrong codes lets no more be compared than the budget', async () => {
  for (const answered of [1, 4, 20]) {
    const to = nextNumber();
    const code = await send(to);
    const before = await enterUntilKilled(to, otherThan(code), answered);
    await start();
    const answers = [...before, ...(await enter(to, otherThan(code)))];
    assert.ok(count(answers, WRONG_CODE) <= BUDGET, JSON.stringify(answers));
    assert.deepEqual(new Set(answers.filter((answer) => answer !== WRONG_CODE)), new Set([NO_CODE]));
    assert.equal(await call(0, 'CreateIntlPhoneEmail', to, code), NO_CODE);
    assert.equal(await call(0, 'SendIntlPhoneEmailCode', to), REFUSED);
  }
});

test('kill -9 in the middle of 50 right codes makes the code good once and the contact listed once', async () => {
  for (const answered of [1, 20]) {
    const to = nextNumber();
    const code = await send(to);
    const before = await enterUntilKilled(to, code, answered);
    await start();
    const answers = [...before, ...(await enter(to, code))];
    assert.ok(count(answers, SENT) <= 1, JSON.stringify(answers));
    assert.deepEqual(new Set(answers.filter((answer) => answer !== SENT)), new Set([VERIFIED]));
  }
  const [connection] = connections;
  assert.ok(connection !== undefined);
  const list = { action: 'DescribeIntlPhoneEmailList', to: '1' } as const;
  const { total } = await callContacts(connection, account, server.port, list);
  assert.equal(total, 4, 'of all numbers here that were verified');
});
