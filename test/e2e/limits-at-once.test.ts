// Fifty calls at once over sockets of their own, half of them through each protocol: every limit of an account or of a
// credential holds exactly, nothing beyond it is charged, and who is refused is told by the documented code.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountOffice } from '../../src/app/accounts.ts';
import { NO_CAPS } from '../../src/domain/usage-cap.ts';
import type { KeyRestriction } from '../../src/ports/accounts.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { createBooksReader, type UsageRow } from '../simulation/account-books.ts';
import { type CallingKey, readCode, writeCall } from '../simulation/random-calls.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { type KeepAliveClient, openClient } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const CALLS = 50;
const PRICE = 20;
const NO_RESTRICTION: KeyRestriction = {
  ...{ service: undefined, actions: undefined, expiresAtMs: undefined, callsMax: undefined, caps: undefined },
};

const data = join(makeTemporaryDirectory({ after }), 'data');
const person = makePerson(1);
let server: RunningServer;
let office: AccountOffice;
let operator: Readonly<Record<string, string>>;
let connections: readonly KeepAliveClient[];
after(async () => {
  for (const connection of connections ?? []) connection.close();
  office?.close();
  await server?.kill();
});

before(async () => {
  office = openOperatorOffice(data);
  operator = { authorization: `Bearer ${office.administration.createOperatorToken('root').token}` };
  await importPeople(data, [person]);
  server = await startServer({
    data,
    args: [
      ...['--time-zone', NOON_ZONE, '--log-requests', 'none', '--rate-per-second', '1000'],
      ...['--prices', JSON.stringify({ 'line-status': PRICE })],
    ],
  });
  connections = await Promise.all(Array.from({ length: CALLS }, () => openClient(server.port)));
});

/** The codes of all answers, sorted by protocol. */
async function callAtOnce(keys: readonly CallingKey[]): Promise<{ tencent: string[]; acedata: string[] }> {
  const codes: { tencent: string[]; acedata: string[] } = { tencent: [], acedata: [] };
  await Promise.all(
    connections.map(async (connection, at) => {
      const protocol = at % 2 === 0 ? 'tencent' : 'acedata';
      const key = keys[(at >> 1) % keys.length];
      assert.ok(key !== undefined);
      const call = { ...LINE_STATUS, number: person.number, protocol } as const;
      const { body } = await connection.send(writeCall(call, key, systemClock.nowMs()));
      codes[protocol].push(readCode(protocol, body));
    }),
  );
  return codes;
}

const LINE_STATUS = {
  ...({ action: 'line-status', line: 'normal', name: 'right', idCard: 'right', flaw: 'none' } as const),
  ...{ key: 0, detailed: false },
};

interface Limited {
  readonly quota?: number;
  readonly balance?: number;
  readonly rate?: number;
  readonly restriction?: KeyRestriction;
}

function open({ quota = 0, balance = 0, rate, restriction }: Limited) {
  const { account, key } = office.open({
    ...{ name: 'Test', services: ['line-status'], sandbox: false, state: 'active' },
    ...(rate === undefined ? {} : { ratePerSecond: rate }),
    ...{ quota, balanceMinor: balance },
  });
  const { accountId } = account;
  const calling =
    restriction === undefined ? key : office.administration.createKey(accountId, undefined, { restriction });
  return { accountId, key: calling };
}

function booksOf({ token }: CallingKey): ReturnType<typeof createBooksReader> {
  return createBooksReader(createManagementClient(server.port), { authorization: `Bearer ${token}` });
}

/** So many were answered, all others refused with the code of their protocol, and paid was exactly what was answered. */
async function judge(
  accountId: string,
  books: ReturnType<typeof createBooksReader>,
  codes: Awaited<ReturnType<typeof callAtOnce>>,
  expected: { answered: number; tencent: string; acedata: string; balance: number; quota?: number },
): Promise<void> {
  const all = [...codes.tencent, ...codes.acedata];
  assert.equal(all.length, CALLS);
  assert.equal(all.filter((code) => code === '0').length, expected.answered, JSON.stringify(codes));
  assert.deepEqual(new Set(codes.tencent.filter((code) => code !== '0')), new Set([expected.tencent]));
  assert.deepEqual(new Set(codes.acedata.filter((code) => code !== '0')), new Set([expected.acedata]));
  const { balanceMinor, quota } = office.fundsOf(accountId);
  assert.deepEqual([balanceMinor, quota['line-status'] ?? 0], [expected.balance, expected.quota ?? 0]);
  const charged = (await books.list()).filter(({ metadata }) => metadata.charged);
  assert.equal(charged.length, expected.answered);
  assert.ok(charged.every(({ remaining_amount: balance }) => (balance ?? -1) >= 0));
}

const AT_CAP = { tencent: 'LimitExceeded', acedata: 'used_up' };
const PENNILESS = { tencent: 'UnauthorizedOperation.Arrears', acedata: 'used_up' };

test('a cap of calls a day of a credential lets exactly so many through', async () => {
  const restriction = { ...NO_RESTRICTION, caps: { ...NO_CAPS, callsPerDay: 17 } };
  const { accountId, key } = open({ balance: 10_000, restriction });
  const expected = { ...AT_CAP, answered: 17, balance: 10_000 - 17 * PRICE };
  await judge(accountId, booksOf(key), await callAtOnce([key]), expected);
});

test('a cap of money a month of an account lets exactly so much through, whichever of its keys calls', async () => {
  const { accountId, key } = open({ balance: 10_000 });
  const other = office.administration.createKey(accountId);
  const caps = { minorPerMonth: 10 * PRICE + 5 };
  office.administration.changeAccount(accountId, 'account.limits', { caps });
  const books = createBooksReader(createManagementClient(server.port), operator, `?user_id=${accountId}`);
  const expected = { ...AT_CAP, answered: 10, balance: 10_000 - 10 * PRICE };
  await judge(accountId, books, await callAtOnce([key, other]), expected);
});

test('what quota pays for takes nothing from a cap of money', async () => {
  const restriction = { ...NO_RESTRICTION, caps: { ...NO_CAPS, minorPerDay: 3 * PRICE } };
  const { accountId, key } = open({ quota: 8, balance: 10_000, restriction });
  const expected = { ...AT_CAP, answered: 8 + 3, balance: 10_000 - 3 * PRICE };
  await judge(accountId, booksOf(key), await callAtOnce([key]), expected);
});

test('the limited amount of a credential is exactly what it may call in its whole life', async () => {
  const { accountId, key } = open({ quota: 100, restriction: { ...NO_RESTRICTION, callsMax: 13 } });
  const expected = { ...AT_CAP, answered: 13, balance: 0, quota: 87 };
  await judge(accountId, booksOf(key), await callAtOnce([key]), expected);
  await judgeNothingMore(key);
});

test('free quota is used up first, then the balance, and neither goes below zero', async () => {
  const { accountId, key } = open({ quota: 9, balance: 7 * PRICE + 5 });
  const expected = { ...PENNILESS, answered: 16, balance: 5 };
  await judge(accountId, booksOf(key), await callAtOnce([key]), expected);
  await judgeNothingMore(key);
});

test('a balance alone pays for exactly as many calls as it has money for', async () => {
  const { accountId, key } = open({ balance: 10 * PRICE });
  const expected = { ...PENNILESS, answered: 10, balance: 0 };
  await judge(accountId, booksOf(key), await callAtOnce([key]), expected);
  await judgeNothingMore(key);
});

async function judgeNothingMore(key: CallingKey): Promise<void> {
  const { tencent, acedata } = await callAtOnce([key]);
  assert.ok(![...tencent, ...acedata].includes('0'), 'afterwards nobody is let through');
}

test('the rate of an account lets exactly so many calls a second through, both protocols together', async () => {
  const rate = 7;
  const { accountId, key } = open({ quota: 1000, rate });
  const codes = await callAtOnce([key]);
  const list = await booksOf(key).list();
  assert.equal(list.length, CALLS);
  const secondOf = (row: UsageRow): string => row.started_at.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  const answered = list.filter(({ metadata }) => metadata.charged).length;
  // Rarely the calls fall on both sides of a full second.
  const seconds = new Set(list.map(secondOf)).size;
  if (seconds === 1) assert.equal(answered, rate);
  else assert.ok(answered >= rate && answered <= seconds * rate, `${answered} in ${seconds} seconds`);
  assert.equal([...codes.tencent, ...codes.acedata].filter((code) => code === '0').length, answered);
  assert.equal(office.fundsOf(accountId).quota['line-status'], 1000 - answered);
  const refused = (all: readonly string[]) => new Set(all.filter((code) => code !== '0'));
  assert.deepEqual(refused(codes.tencent), new Set(['RequestLimitExceeded']));
  assert.deepEqual(refused(codes.acedata), new Set(['too_many_requests']));
});

test('the ledger of all this verifies', async () => {
  const { ok } = (await runJsonWithin(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(ok, true);
});
