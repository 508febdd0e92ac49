// The ledger has one time zone, whatever settings the processes around it were given.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openAccountOffice } from '../../src/app/accounts.ts';
import { claimTimeZone, timeZoneOf } from '../../src/app/time-zone.ts';
import { deriveKey } from '../../src/codecs/key-derivation.ts';
import { dataPaths } from '../../src/config/data-directory.ts';
import { createCalendar } from '../../src/domain/calendar-date.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import { counterKey, makeAttempt } from '../support/attempts.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { ledgerPaths, openLedgerFor } from '../support/ledgers.ts';
import { createAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

// 26 hours apart: at no moment the same day.
const LAST_ZONE = 'Etc/GMT+12';
const FIRST_ZONE = 'Pacific/Kiritimati';

test("a grant by a process with another zone is dated in the ledger's, and turns no daily counter", async (t) => {
  const directory = makeTemporaryDirectory(t);
  const paths = dataPaths(directory);
  const nowMs = Date.UTC(2026, 10, 21, 11, 30);
  const day = createCalendar(LAST_ZONE)(nowMs);
  const master = Buffer.alloc(32, 5);
  claimTimeZone({ paths, configuration: { timeZone: LAST_ZONE } });
  const office = openAccountOffice({
    paths,
    configuration: {
      ...{ masterKey: master.toString('hex'), masterKeyCommand: undefined, timeZone: FIRST_ZONE },
      ...{ freeQuota: {}, keysPerAccount: 10 },
    },
    clock: { nowMs: () => nowMs, sleep: async () => {} },
    random: systemRandom,
    actor: 'test',
  });
  t.after(() => office.close());
  const { account } = office.open({
    ...{ name: 'Shop', services: ['line-status'], sandbox: false, state: 'active' },
    ...{ quota: 5, balanceMinor: 0 },
  });
  const ledger = await openLedgerFor(t, ledgerPaths(directory), {
    signingSeed: deriveKey(master, 'ledger-signing'),
  });
  const ask = async () => {
    const counters = [counterKey(1)];
    const changes = { accountId: account.id, timeMs: nowMs, day, counters, dailyLimit: 1 };
    const settlement = await ledger.settle(makeAttempt(changes));
    return settlement.kind === 'recorded' ? settlement.outcome : settlement.fault;
  };
  assert.equal(await ask(), 'known');
  office.topUp(account.accountId, 100);
  assert.equal(await ask(), 'daily_limit');
  await ledger.close();
  assert.deepEqual(daysOf(paths.ledger), [day]);
});

test('the first writer gives the ledger its zone: a grant before any server does', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  const { accountId } = await createAccount(data, ['--time-zone', FIRST_ZONE]);
  assert.equal(timeZoneOf({ paths: dataPaths(data), configuration: { timeZone: 'UTC' } }), 'UTC');
  await runJson(['account', 'topup', accountId, '5', '--data', data, '--time-zone', FIRST_ZONE]);
  await runJson(['account', 'topup', accountId, '5', '--data', data, '--time-zone', LAST_ZONE]);
  assert.equal(timeZoneOf({ paths: dataPaths(data), configuration: { timeZone: 'UTC' } }), FIRST_ZONE);
  assert.equal(daysOf(join(data, 'ledger.db')).length, 1);
});

test('a server with another zone is refused by name of the command that changes it, which leaves a record', async (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  await createAccount(data, ['--quota', '5']);
  const zone = ['ledger', 'time-zone', '--data', data];
  const args = ['--time-zone', LAST_ZONE];
  assert.deepEqual(await runJson(zone), { timeZone: 'Asia/Shanghai' });

  const refused = await runCommand(['serve', '--port', '0', '--data', data, ...args]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /lineproof ledger time-zone Etc\/GMT\+12/);
  assert.equal((await runCommand([...zone, 'Mars/Base'])).code, 2);

  const server = await startServer({ data });
  t.after(() => server.kill());
  const busy = await runCommand([...zone, LAST_ZONE]);
  assert.equal(busy.code, 1);
  assert.match(busy.stderr, /stop it first/);
  assert.equal(await server.stop(), 0);

  const changed = { timeZone: LAST_ZONE, before: 'Asia/Shanghai' };
  assert.deepEqual(await runJson([...zone, LAST_ZONE]), changed);
  const [act] = (await runJson(['account', 'audit', '--limit', '1', '--data', data])) as unknown[];
  const { act: word, before, after } = act as { act: string; before: unknown; after: unknown };
  assert.deepEqual(
    [word, before, after],
    ['ledger.time-zone', { timeZone: 'Asia/Shanghai' }, { timeZone: LAST_ZONE }],
  );
  const again = await startServer({ data, args });
  assert.equal(await again.stop(), 0);
});

function daysOf(path: string): number[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database
      .prepare('SELECT DISTINCT day FROM entries')
      .all()
      .map(({ day }) => Number(day));
  } finally {
    database.close();
  }
}
