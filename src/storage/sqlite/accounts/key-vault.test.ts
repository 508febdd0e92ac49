import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import {
  administrate,
  FIXED_CLOCK,
  makeAccountsFile,
  NOW_MS,
  SHOP,
} from '../../../../test/support/accounts.ts';
import { propertyRuns } from '../../../../test/support/property-runs.ts';
import { Fault, type FaultCode } from '../../../domain/fault.ts';
import type { Clock } from '../../../ports/clock.ts';
import { systemRandom } from '../../../runtime/system-random.ts';
import { openKeyVault } from './key-vault.ts';

const SEAL_KEY = Buffer.alloc(32, 9);
const TEXT = Buffer.from('a data key of thirty-two bytes..');

function open(t: TestContext, keysPerAccountMax = 200, clock: Clock = FIXED_CLOCK) {
  const path = makeAccountsFile(t);
  const office = administrate(t, path);
  const [mine, other] = [office.createAccount(SHOP).account.id, office.createAccount(SHOP).account.id];
  const vault = openKeyVault({ path, sealKey: SEAL_KEY, clock, random: systemRandom, keysPerAccountMax });
  t.after(() => vault.close());
  return { path, vault, mine, other };
}

const withFault = (code: FaultCode) => (error: unknown) => error instanceof Fault && error.code === code;

test('what was encrypted is decrypted, whatever bytes and context', async (t) => {
  const { vault, mine } = open(t);
  const { keyId } = await vault.createKey(mine, 'a', '');
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 4096 });
  fc.assert(
    fc.property(bytes, fc.string({ maxLength: 1024 }), (plaintext, context) => {
      const opened = vault.decrypt(mine, vault.encrypt(mine, keyId, plaintext, context), context);
      assert.equal(opened.keyId, keyId);
      assert.deepEqual(new Uint8Array(opened.plaintext), plaintext);
    }),
    propertyRuns(50),
  );
});

test('a blob has the form that the phone actions recognise as of a KMS', async (t) => {
  const { vault, mine } = open(t);
  const { keyId } = await vault.createKey(mine, 'a', '');
  assert.match(vault.encrypt(mine, keyId, TEXT, ''), /^[\w+/]+=*-k-[\w+/]+=*-k-[\w+/]+=*$/);
});

test('a blob with any character changed does not open', async (t) => {
  const { vault, mine } = open(t);
  const { keyId } = await vault.createKey(mine, 'a', '');
  const blob = vault.encrypt(mine, keyId, TEXT, '');
  const original = blob.split('-k-').map((part) => Buffer.from(part, 'base64'));
  for (let at = 0; at < blob.length; at += 1) {
    const altered = `${blob.slice(0, at)}${blob[at] === 'A' ? 'B' : 'A'}${blob.slice(at + 1)}`;
    const parts = altered.split('-k-').map((part) => Buffer.from(part, 'base64'));
    // The last bits of a Base64 text can be without meaning.
    if (parts.length === 3 && parts.every((part, index) => part.equals(original[index] ?? part))) continue;
    assert.throws(() => vault.decrypt(mine, altered, ''), Fault, `character ${at}`);
  }
});

test('what is no blob is refused as ciphertext, whatever it is', (t) => {
  const { vault, mine } = open(t);
  const texts = ['', '-k-', '-k--k-', 'YQ==-k-YQ==-k-YQ==', 'YQ==', 'x'.repeat(100_000), 'a-k-b-k-c-k-d'];
  for (const text of texts) {
    assert.throws(() => vault.decrypt(mine, text, ''), withFault('kms_ciphertext_invalid'));
  }
});

test('another encryption context does not open a blob', async (t) => {
  const { vault, mine } = open(t);
  const { keyId } = await vault.createKey(mine, 'a', '');
  const blob = vault.encrypt(mine, keyId, TEXT, '{"a":"1"}');
  for (const context of ['', '{"a":"2"}', '{"a": "1"}']) {
    assert.throws(() => vault.decrypt(mine, blob, context), withFault('kms_ciphertext_invalid'));
  }
});

test('a master key and its blobs belong to one account', async (t) => {
  const { vault, mine, other } = open(t);
  const { keyId } = await vault.createKey(mine, 'a', '');
  const blob = vault.encrypt(mine, keyId, TEXT, '');
  const notFound = withFault('kms_key_not_found');
  assert.throws(() => vault.decrypt(other, blob, ''), notFound);
  assert.throws(() => vault.encrypt(other, keyId, TEXT, ''), notFound);
  assert.throws(() => vault.describeKey(other, keyId), notFound);
  assert.deepEqual(vault.listKeys(other, 0, 10), { keyIds: [], total: 0 });
});

test('an alias is taken once an account; another account may have it too', async (t) => {
  const { vault, mine, other } = open(t);
  await vault.createKey(mine, 'verification', '');
  await assert.rejects(vault.createKey(mine, 'verification', ''), withFault('kms_alias_exists'));
  await vault.createKey(other, 'verification', '');
});

test('an account has no more master keys than it may have', async (t) => {
  const { vault, mine, other } = open(t, 2);
  await vault.createKey(mine, 'a', '');
  await vault.createKey(mine, 'b', '');
  await assert.rejects(vault.createKey(mine, 'c', ''), withFault('kms_key_limit'));
  await vault.createKey(other, 'a', '');
});

test('a key is described as it was made, and listed page by page', async (t) => {
  const { vault, mine } = open(t);
  const made = await vault.createKey(mine, 'first', 'for the shop');
  await vault.createKey(mine, 'second', '');
  await vault.createKey(mine, 'third', '');
  assert.deepEqual(vault.describeKey(mine, made.keyId), made);
  assert.equal(made.createdAtSeconds, NOW_MS / 1000);
  const pages = [0, 2].map((offset) => vault.listKeys(mine, offset, 2));
  assert.deepEqual(
    pages.map(({ keyIds, total }) => [keyIds.length, total]),
    [
      [2, 3],
      [1, 3],
    ],
  );
  assert.equal(new Set(pages.flatMap(({ keyIds }) => keyIds)).size, 3);
});

test('a malformed key id and an unknown one are told apart', (t) => {
  const { vault, mine } = open(t);
  assert.throws(() => vault.describeKey(mine, 'no-id'), withFault('kms_key_id_invalid'));
  assert.throws(() => vault.describeKey(mine, systemRandom.uuid()), withFault('kms_key_not_found'));
});

for (const [state, code] of [
  ['Disabled', 'kms_key_disabled'],
  ['Archived', 'kms_key_archived'],
  ['PendingDelete', 'kms_key_pending_delete'],
] as const) {
  test(`a key that is ${state} neither encrypts nor decrypts`, async (t) => {
    const { path, vault, mine } = open(t);
    const { keyId } = await vault.createKey(mine, 'a', '');
    const blob = vault.encrypt(mine, keyId, TEXT, '');
    const file = new DatabaseSync(path);
    t.after(() => file.close());
    file.prepare('UPDATE kms_keys SET state = ?').run(state);
    assert.throws(() => vault.encrypt(mine, keyId, TEXT, ''), withFault(code));
    assert.throws(() => vault.decrypt(mine, blob, ''), withFault(code));
    assert.equal(vault.describeKey(mine, keyId).state, state);
  });
}

test('a blob holds neither the plaintext nor the master key, and the file no master key', async (t) => {
  const path = makeAccountsFile(t);
  const { id } = administrate(t, path).createAccount(SHOP).account;
  const drawn: Buffer[] = [];
  const random = {
    ...systemRandom,
    bytes(length: number) {
      const bytes = systemRandom.bytes(length);
      drawn.push(bytes);
      return bytes;
    },
  };
  const vault = openKeyVault({ path, sealKey: SEAL_KEY, clock: FIXED_CLOCK, random, keysPerAccountMax: 9 });
  t.after(() => vault.close());
  const { keyId } = await vault.createKey(id, 'a', '');
  const key = drawn.find(({ length }) => length === 32) ?? Buffer.alloc(0);
  const blob = Buffer.concat(
    vault
      .encrypt(id, keyId, TEXT, '')
      .split('-k-')
      .map((part) => Buffer.from(part, 'base64')),
  );
  assert.equal(key.length, 32);
  assert.ok(!blob.includes(TEXT) && !blob.includes(key));
  assert.ok(!Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)]).includes(key));
});

test('a file that another process has locked is waited for without blocking, then refused as overload', async (t) => {
  const path = makeAccountsFile(t);
  const { id } = administrate(t, path).createAccount(SHOP).account;
  const locker = new DatabaseSync(path);
  t.after(() => locker.close());
  let waits = 0;
  let releaseAfter = 3;
  const clock = {
    nowMs: () => NOW_MS,
    async sleep() {
      waits += 1;
      if (waits === releaseAfter) locker.exec('ROLLBACK');
    },
  };
  const vault = openKeyVault({ path, sealKey: SEAL_KEY, clock, random: systemRandom, keysPerAccountMax: 9 });
  t.after(() => vault.close());
  locker.exec('BEGIN IMMEDIATE');
  await vault.createKey(id, 'after a wait', '');
  assert.equal(waits, 3);
  releaseAfter = Number.POSITIVE_INFINITY;
  locker.exec('BEGIN IMMEDIATE');
  await assert.rejects(vault.createKey(id, 'never', ''), withFault('overloaded'));
});
