import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { makeAttempt } from '../../../../test/support/attempts.ts';
import {
  ledgerPaths,
  openLedgerFor,
  openTestFunds,
  openTestLedger,
  SIGNING_SEED,
} from '../../../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { GENESIS_HASH, hashEntry } from './entry.ts';
import { publicKeyText, signingKeyFrom } from './heads.ts';
import { readEntries } from './read-entries.ts';
import { verifyLedger } from './verify-ledger.ts';

const OWN_KEY = publicKeyText(signingKeyFrom(SIGNING_SEED));
const LAST = 30;
const SIGN_EVERY = 6;
let remove: () => void = () => {};
let original = '';

before(async () => {
  original = makeTemporaryDirectory({ after: (end) => (remove = end) });
  const paths = ledgerPaths(original);
  const books = openTestFunds(paths);
  books.grant(1, ['line-status', 'line-tenure'], 5, 1000);
  books.close();
  const ledger = await openTestLedger(paths, { signEveryEntries: SIGN_EVERY, batchMax: 1 });
  for (let seq = 4; seq <= LAST; seq += 1) await ledger.settle(makeAttempt());
  await ledger.close();
});

after(() => remove());

interface Copy {
  readonly paths: ReturnType<typeof ledgerPaths>;
  sql(text: string): void;
  edit(change: (lines: string[]) => string[]): void;
  verify(options?: Partial<Parameters<typeof verifyLedger>[0]>): ReturnType<typeof verifyLedger>;
}

/** A copy of the sound ledger to tamper with. */
function copyLedger(t: { after(end: () => void): void }): Copy {
  const directory = makeTemporaryDirectory(t);
  cpSync(original, directory, { recursive: true });
  const paths = ledgerPaths(directory);
  return {
    paths,
    sql: (text) => withDatabase(paths.ledgerPath, (database) => database.exec(text)),
    edit(change) {
      const lines = readFileSync(paths.headsPath, 'utf8').split('\n').slice(0, -1);
      writeFileSync(paths.headsPath, `${change(lines).join('\n')}\n`);
    },
    verify: (options = {}) => verifyLedger({ ...paths, ...options }),
  };
}

function withDatabase(path: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path);
  try {
    work(database);
  } finally {
    database.close();
  }
}

/** What an intruder with a copy of this program would do after changing an entry. */
function rechain(path: string): void {
  withDatabase(path, (database) => {
    const update = database.prepare('UPDATE entries SET hash = ? WHERE seq = ?');
    let previous: Uint8Array = GENESIS_HASH;
    for (const { entry } of [...readEntries(database, { fromSeq: 1, toSeq: LAST })]) {
      previous = hashEntry(previous, entry);
      update.run(previous, entry.seq);
    }
  });
}

test('a sound ledger passes and every entry of it is signed', (t) => {
  const seen: [number, number][] = [];
  const { lastSignedHash, ...report } = verifyLedger({
    ...copyLedger(t).paths,
    expectedPublicKey: OWN_KEY,
    onProgress: (done, total) => seen.push([done, total]),
  });
  assert.deepEqual(report, { entries: LAST, ok: true, lastSignedSeq: LAST, unsignedTail: 0 });
  assert.match(lastSignedHash, /^[0-9a-f]{64}$/);
  assert.deepEqual(seen.at(-1), [LAST, LAST]);
});

const CHANGES = {
  time_ms: 'time_ms + 1',
  day: 'day + 1',
  kind: `'top_up'`,
  account: '2',
  key: '2',
  service: `'line-tenure'`,
  action: `'line-tenure'`,
  protocol: `'other'`,
  request_id: `'00000000-0000-4000-8000-00000000ffff'`,
  outcome: `'no_record'`,
  result_code: `'-1'`,
  charged: '0',
  price_minor: '19',
  paid_by: `'none'`,
  amount: 'amount + 1',
  source: `''`,
  as_of: 'NULL',
  subject: 'zeroblob(16)',
  counters: 'zeroblob(16)',
  hash: 'zeroblob(32)',
};

for (const [column, value] of Object.entries(CHANGES)) {
  test(`an entry with another ${column} is named`, (t) => {
    const copy = copyLedger(t);
    copy.sql(`UPDATE entries SET ${column} = ${value} WHERE seq = 17`);
    const report = copy.verify();
    assert.deepEqual([report.ok, report.firstBadSeq], [false, 17]);
  });
}

test('every column of an entry is tried', () => {
  withDatabase(ledgerPaths(original).ledgerPath, (database) => {
    const columns = database.prepare(`SELECT name FROM pragma_table_info('entries')`).all();
    assert.deepEqual(
      columns.map(({ name }) => name).filter((name) => name !== 'seq'),
      Object.keys(CHANGES),
    );
  });
});

const COLUMNS = Object.keys(CHANGES).join(', ');
const SHIFT_UP = `UPDATE entries SET seq = -seq WHERE seq >= 12; UPDATE entries SET seq = 1 - seq WHERE seq < 0`;
const SHIFT_DOWN = `UPDATE entries SET seq = -seq WHERE seq > 12; UPDATE entries SET seq = -1 - seq WHERE seq < 0`;
const OF_CALLS = `(SELECT sum(amount) FROM entries WHERE paid_by = 'balance')`;

const TAMPERINGS: readonly {
  readonly name: string;
  readonly sql: string;
  readonly rechain?: boolean;
  readonly firstBadSeq: number | undefined;
  readonly reason: RegExp;
}[] = [
  { name: 'a removed entry', sql: 'DELETE FROM entries WHERE seq = 12', firstBadSeq: 12, reason: /missing/ },
  {
    name: 'a removed entry whose gap was closed',
    sql: `DELETE FROM entries WHERE seq = 12; ${SHIFT_DOWN}`,
    firstBadSeq: 12,
    reason: /altered/,
  },
  {
    name: 'an inserted entry',
    sql: `${SHIFT_UP}; INSERT INTO entries SELECT 12, ${COLUMNS} FROM entries WHERE seq = 20`,
    firstBadSeq: 12,
    reason: /altered, inserted/,
  },
  {
    name: 'an entry inserted before the first',
    sql: `INSERT INTO entries SELECT 0, ${COLUMNS} FROM entries WHERE seq = 20`,
    firstBadSeq: 0,
    reason: /inserted/,
  },
  {
    name: 'an entry appended by someone who cannot hash',
    sql: `INSERT INTO entries SELECT 31, ${COLUMNS} FROM entries WHERE seq = 30`,
    firstBadSeq: 31,
    reason: /altered/,
  },
  {
    name: 'two swapped entries',
    sql: `UPDATE entries SET seq = 99 WHERE seq = 12; UPDATE entries SET seq = 12 WHERE seq = 13;
          UPDATE entries SET seq = 13 WHERE seq = 99`,
    firstBadSeq: 12,
    reason: /altered/,
  },
  {
    name: 'a cut tail with funds to match',
    sql: `DELETE FROM entries WHERE seq > 20; UPDATE funds SET amount = 1000 - ${OF_CALLS} WHERE service = 'balance'`,
    firstBadSeq: 21,
    reason: /missing/,
  },
  {
    name: 'no entry at all any more',
    sql: 'DELETE FROM entries; DELETE FROM funds',
    firstBadSeq: 1,
    reason: /missing/,
  },
  {
    name: 'a ledger begun anew beside the old heads',
    sql: 'DELETE FROM entries; DELETE FROM funds; DELETE FROM facts',
    firstBadSeq: 1,
    reason: /public key/,
  },
  {
    name: 'a history rewritten with every hash recomputed',
    sql: `UPDATE entries SET outcome = 'no_record' WHERE seq = 17`,
    rechain: true,
    firstBadSeq: 17,
    reason: /not the one that was signed/,
  },
  {
    name: 'a raised balance',
    sql: `UPDATE funds SET amount = amount + 1 WHERE service = 'balance'`,
    firstBadSeq: undefined,
    reason: /account 1 has \d+ of balance/,
  },
  {
    name: 'a raised quota',
    sql: `UPDATE funds SET amount = 9 WHERE service = 'line-status'`,
    firstBadSeq: undefined,
    reason: /account 1 has 9 of line-status, its entries say 0/,
  },
  {
    name: 'invented funds',
    sql: `INSERT INTO funds VALUES (5, 'balance', 1)`,
    firstBadSeq: undefined,
    reason: /account 5/,
  },
  {
    name: 'removed funds',
    sql: `DELETE FROM funds WHERE service = 'line-tenure'`,
    firstBadSeq: undefined,
    reason: /1 line-tenure is missing/,
  },
];

for (const { name, sql, rechain: recompute, firstBadSeq, reason } of TAMPERINGS) {
  test(`${name} is found`, (t) => {
    const copy = copyLedger(t);
    copy.sql(sql);
    if (recompute === true) {
      rechain(copy.paths.ledgerPath);
      // Only what lies after the last head that still fits is unproven; every fifth line is looked at as a whole.
      const report = copy.verify();
      assert.ok(!report.ok && report.firstBadSeq !== undefined);
      assert.ok(report.firstBadSeq <= 17 && report.firstBadSeq > 17 - 2 * SIGN_EVERY);
      assert.match(report.reason ?? '', reason);
      return;
    }
    const report = copy.verify();
    assert.deepEqual([report.ok, report.firstBadSeq], [false, firstBadSeq], report.reason ?? '');
    assert.match(report.reason ?? '', reason);
  });
}

test('a grant taken back by someone who can hash is found by what was spent from it', (t) => {
  const copy = copyLedger(t);
  // Without heads after the change: as if the intruder had been faster than the next signature.
  copy.edit((lines) => lines.slice(0, 1));
  copy.sql(`UPDATE entries SET amount = 0 WHERE kind = 'top_up'`);
  rechain(copy.paths.ledgerPath);
  const report = copy.verify();
  assert.deepEqual([report.ok, report.firstBadSeq], [false, 9]);
  assert.match(report.reason ?? '', /takes more/);
});

const HEAD_TAMPERINGS: Readonly<Record<string, (lines: string[]) => string[]>> = {
  'the first head removed': (lines) => lines.slice(1),
  'a head in the middle removed': (lines) => lines.toSpliced(2, 1),
  'two heads swapped': (lines) => lines.toSpliced(1, 2, lines[2] ?? '', lines[1] ?? ''),
  'a head repeated': (lines) => lines.toSpliced(2, 0, lines[1] ?? ''),
  'a head for another entry': (lines) => lines.with(2, (lines[2] ?? '').replace(/"seq":\d+/, '"seq":9')),
  'a head with another hash': (lines) => lines.with(2, (lines[2] ?? '').replace(/"hash":"../, '"hash":"zz')),
  'a head with another time': (lines) => lines.with(2, (lines[2] ?? '').replace(/"timeMs":\d/, '"timeMs":9')),
  'a line that is no head': (lines) => lines.with(2, '{"seq":1}'),
  'an empty line': (lines) => lines.toSpliced(2, 0, ''),
  'a line without end': (lines) => [...lines, 'x'.repeat(100_000)],
  'every head removed': () => [],
};

for (const [name, change] of Object.entries(HEAD_TAMPERINGS)) {
  test(`${name}: found`, (t) => {
    const copy = copyLedger(t);
    copy.edit(change);
    assert.equal(copy.verify().ok, false);
  });
}

test('without the file of heads nothing is proven', (t) => {
  const copy = copyLedger(t);
  rmSync(copy.paths.headsPath);
  assert.match(copy.verify().reason ?? '', /no signed head/);
});

test('without the newest heads the rest is sound, and the report says how much is unsigned', (t) => {
  const copy = copyLedger(t);
  copy.edit((lines) => lines.slice(0, 3));
  const { ok, lastSignedSeq, unsignedTail } = copy.verify();
  assert.equal(ok, true);
  assert.ok(unsignedTail > 0);
  assert.equal(lastSignedSeq + unsignedTail, LAST);
});

test('a tail that was cut together with its heads is found by who has noted down a later head', (t) => {
  const { sql, edit, verify } = copyLedger(t);
  const { lastSignedSeq: seq, lastSignedHash: hash } = verify();
  const notedHead = { seq, hash };
  assert.deepEqual([seq, verify({ notedHead }).ok], [LAST, true]);
  edit((lines) => lines.slice(0, -2));
  const { lastSignedSeq } = verify();
  sql(`DELETE FROM entries WHERE seq > ${lastSignedSeq}`);
  const { ok, firstBadSeq, reason } = verify({ notedHead });
  assert.deepEqual([ok, firstBadSeq], [false, lastSignedSeq + 1]);
  assert.match(reason ?? '', new RegExp(`entry ${LAST} was noted down`));
});

test('a chain that does not lead to the noted head is another one', (t) => {
  const { verify } = copyLedger(t);
  const notedHead = { seq: LAST - 1, hash: verify().lastSignedHash };
  assert.match(verify({ notedHead }).reason ?? '', /not the one that was noted down/);
});

test('a head half-written in a crash is no finding, and the next head takes its place', async (t) => {
  const copy = copyLedger(t);
  const whole = readFileSync(copy.paths.headsPath, 'utf8');
  writeFileSync(copy.paths.headsPath, whole.slice(0, -20));
  assert.equal(copy.verify().ok, true);
  await (await openTestLedger(copy.paths)).close();
  const report = copy.verify();
  assert.deepEqual([report.ok, report.unsignedTail], [true, 0], report.reason ?? '');
});

test('a ledger signed anew under a foreign key is found by who has the master key', (t) => {
  const copy = copyLedger(t);
  const foreign = generateKeyPairSync('ed25519').privateKey;
  copy.sql(`UPDATE facts SET value = '${publicKeyText(foreign)}' WHERE name = 'signing_public_key'`);
  assert.match(copy.verify().reason ?? '', /forged/);
  const report = verifyLedger({ ...copy.paths, expectedPublicKey: OWN_KEY });
  assert.match(report.reason ?? '', /not the one of this master key/);
});

test('a file that is no database is a finding, not a crash', (t) => {
  const copy = copyLedger(t);
  writeFileSync(copy.paths.ledgerPath, Buffer.alloc(8192, 0x55));
  assert.match(copy.verify().reason ?? '', /cannot be read/);
  rmSync(copy.paths.ledgerPath);
  assert.match(copy.verify().reason ?? '', /there is no ledger/);
});

test('a ledger passes at every moment of a load', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openLedgerFor(t, paths, { signEveryEntries: 3, batchMax: 4 });
  for (let round = 0; round < 20; round += 1) {
    const load = Array.from({ length: 40 }, () => ledger.settle(makeAttempt({ priceMinor: 0 })));
    const report = verifyLedger(paths);
    assert.equal(report.ok, true, report.reason ?? '');
    await Promise.all(load);
  }
  await ledger.close();
  assert.equal(verifyLedger(paths).entries, 800);
});
