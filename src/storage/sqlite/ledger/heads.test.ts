import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeAttempt } from '../../../../test/support/attempts.ts';
import {
  ledgerPaths,
  openTestFunds,
  openTestLedger,
  SIGNING_SEED,
} from '../../../../test/support/ledgers.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import { appendHead, signingKeyFrom } from './heads.ts';
import { verifyLedger } from './verify-ledger.ts';

const KEY = signingKeyFrom(SIGNING_SEED);

function headAt(seq: number) {
  return { seq, hash: Buffer.alloc(32, seq), timeMs: 1_795_000_000_000 + seq };
}

function readLines(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n');
}

/** Three heads in a file of their own. */
function writeHeads(t: { after(end: () => void): void }): { path: string; whole: string } {
  const path = join(makeTemporaryDirectory(t), 'heads.ndjson');
  for (const seq of [0, 4, 9]) appendHead(path, headAt(seq), KEY, 'now');
  return { path, whole: readFileSync(path, 'utf8') };
}

test('a last line torn anywhere by a crash is written over, and the heads go on from the one before it', (t) => {
  const { path, whole } = writeHeads(t);
  const [, second = '', third = ''] = whole.split('\n');
  for (let left = 0; left <= third.length; left += 1) {
    writeFileSync(path, whole.slice(0, whole.length - 1 - third.length + left));
    appendHead(path, headAt(12), KEY, 'now');
    const lines = readLines(path);
    assert.equal(lines.length, 4);
    const { number, seq, previous } = JSON.parse(lines[2] ?? '');
    assert.deepEqual([number, seq, previous], [3, 12, JSON.parse(second).signature]);
  }
});

test('a torn line of zeros, as a power failure may leave it, is written over too', (t) => {
  const { path, whole } = writeHeads(t);
  appendFileSync(path, Buffer.alloc(300));
  appendHead(path, headAt(12), KEY, 'now');
  assert.ok(readFileSync(path, 'utf8').startsWith(whole));
  assert.equal(JSON.parse(readLines(path)[3] ?? '').number, 4);
});

for (const [what, damage] of Object.entries({
  'that is no JSON': (whole: string) => `${whole.slice(0, -30)}\n`,
  'without a number': (whole: string) => whole.replaceAll('"number":3', '"number":"x"'),
  'that is empty': (whole: string) => `${whole}\n`,
  'that is too long': (whole: string) => `${whole}${'x'.repeat(20_000)}\n`,
  'that is too long and has no end': (whole: string) => `${whole}${'x'.repeat(20_000)}`,
})) {
  test(`after a whole last line ${what} nothing is signed, and the file stays as it is`, (t) => {
    const { path, whole } = writeHeads(t);
    const damaged = damage(whole);
    writeFileSync(path, damaged);
    assert.throws(
      () => appendHead(path, headAt(12), KEY, 'now'),
      /last line of .*heads\.ndjson cannot be read/,
    );
    assert.equal(readFileSync(path, 'utf8'), damaged);
  });
}

test('a ledger whose last head cannot be read starts neither a server nor a grant, until that line is removed', async (t) => {
  const paths = ledgerPaths(makeTemporaryDirectory(t));
  const ledger = await openTestLedger(paths);
  await ledger.settle(makeAttempt({ priceMinor: 0 }));
  await ledger.close();
  const whole = readFileSync(paths.headsPath, 'utf8');
  writeFileSync(paths.headsPath, `${whole.slice(0, -10)}\n`);

  const opened = openTestLedger(paths, { onError: () => {} });
  await assert.rejects(opened, /cannot be read.*ledger verify.*remove/s);
  const books = openTestFunds(paths);
  assert.throws(() => books.grant(1, [], 0, 500), /cannot be read/);
  assert.equal(books.of(1).balanceMinor, 0);

  writeFileSync(paths.headsPath, `${whole.split('\n').slice(0, -2).join('\n')}\n`);
  books.grant(1, [], 0, 500);
  books.close();
  await (await openTestLedger(paths)).close();
  const { ok, reason, unsignedTail } = verifyLedger(paths);
  assert.deepEqual({ ok, reason, unsignedTail }, { ok: true, reason: undefined, unsignedTail: 0 });
});
