import assert from 'node:assert/strict';
import { createHash, createHmac, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  AES_CBC_VECTORS,
  AES_DATA_KEY,
  type EncryptionVector,
  RSA_PRIVATE_KEY,
  RSA_PUBLIC_KEY,
  SM2_PRIVATE_HEX,
  SM2_PUBLIC_KEY,
  SM4_DATA_KEY,
  SM4_GCM_VECTORS,
} from '../../test/support/encryption-vectors.ts';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { encryptAesCbc } from '../codecs/aes-cbc.ts';
import { rsaPublicPem, unwrapWithRsa, wrapWithRsa } from '../codecs/rsa-pkcs1.ts';
import { decryptSm2, encryptSm2, sm2PublicHex } from '../codecs/sm2.ts';
import { sm2PublicPem } from '../codecs/sm2-pem.ts';
import { encryptSm4Gcm } from '../codecs/sm4-gcm.ts';
import { Fault, type FaultCode } from '../domain/fault.ts';
import type { KeyVault, ServerKeyPairs } from '../ports/key-vault.ts';
import type { SealedFields } from './call.ts';
import { type FieldKeys, openFields } from './open-fields.ts';
import { createUnwrappedKeys, type UnwrappedKeys } from './unwrapped-keys.ts';

const rsaPrivateKey = createPrivateKey({
  key: Buffer.from(RSA_PRIVATE_KEY, 'base64'),
  format: 'der',
  type: 'pkcs8',
});
const sm2Public = sm2PublicHex(SM2_PRIVATE_HEX);
const pairs: ServerKeyPairs = {
  rsaPrivateKey,
  rsaPublicPem: rsaPublicPem(rsaPrivateKey),
  sm2PrivateHex: SM2_PRIVATE_HEX,
  sm2PublicPem: sm2PublicPem(sm2Public),
};

const ACCOUNT = 7;
const KMS_BLOB = 'a2V5-k-bm9uY2U=-k-Ym94';
const KMS_AES_KEY = Buffer.alloc(32, 5);
const vaultOf = (plaintext: Buffer): KeyVault => ({
  createKey: () => assert.fail('not asked'),
  describeKey: () => assert.fail('not asked'),
  listKeys: () => assert.fail('not asked'),
  encrypt: () => assert.fail('not asked'),
  decrypt(accountId, blob, context) {
    if (accountId !== ACCOUNT || blob !== KMS_BLOB || context !== '')
      throw new Fault('kms_ciphertext_invalid');
    return { keyId: 'key', plaintext };
  },
});
/** Keeps nothing: each test shows what is done with a wrapped key, not with one seen before. */
const unwrapped = createUnwrappedKeys({ max: 1, keptMs: 0, hashKey: Buffer.alloc(32) });
const keys: FieldKeys = { vault: vaultOf(KMS_AES_KEY), pairs, kmsGrant: true, unwrapped, nowMs: 0 };

const FIELD_OF: Record<string, string> = {
  IdCard: 'idCard',
  Name: 'name',
  Phone: 'msisdn',
  Mobile: 'msisdn',
};
const ENCRYPTABLE = ['idCard', 'name', 'msisdn'];
const PLAIN = { idCard: '340103202308176095', name: '张三', msisdn: '13800000000' };

function callOf(vector: EncryptionVector) {
  const entries = Object.entries(vector.fields).map(
    ([name, value]) => [FIELD_OF[name] ?? name, value] as const,
  );
  const sealed: SealedFields = {
    fields: vector.list.map((name) => FIELD_OF[name]),
    wrappedKey: vector.blob,
    iv: vector.iv,
    algorithm: vector.algorithm,
    tags: vector.tags,
  };
  return { sealed, input: Object.fromEntries(entries) as Record<string, string> };
}

type Change = Partial<SealedFields>;
function open(vector: EncryptionVector, change: Change = {}, inputChange: Record<string, unknown> = {}) {
  const { sealed, input } = callOf(vector);
  return openFields({ ...sealed, ...change }, { ...input, ...inputChange }, ENCRYPTABLE, ACCOUNT, keys);
}

function expectFault(code: FaultCode, run: () => unknown, field?: string): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof Fault, String(error));
    assert.equal(error.code, code);
    assert.deepEqual(error.detail, field === undefined ? {} : { field });
    assert.equal(error.cause, undefined);
    return true;
  });
}

const flip = (base64: string, at: number) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
};

test('what the official tool encrypted is opened, under both algorithms', () => {
  for (const vectors of [AES_CBC_VECTORS, SM4_GCM_VECTORS]) {
    assert.deepEqual(open(vectors.three), PLAIN);
    assert.deepEqual(open(vectors.one), { msisdn: '13800138000' });
  }
});

test('the data keys of the vectors are those that their maker noted, and the published PEMs fit', () => {
  const blob = (vector: EncryptionVector) => Buffer.from(vector.blob, 'base64');
  assert.equal(unwrapWithRsa(rsaPrivateKey, blob(AES_CBC_VECTORS.three))?.toString('hex'), AES_DATA_KEY);
  assert.equal(decryptSm2(SM2_PRIVATE_HEX, blob(SM4_GCM_VECTORS.three))?.toString('hex'), SM4_DATA_KEY);
  const body = (pem: string) => pem.replace(/-----[^-]+-----|\n/g, '');
  assert.equal(body(pairs.rsaPublicPem), RSA_PUBLIC_KEY);
  assert.equal(body(pairs.sm2PublicPem), SM2_PUBLIC_KEY);
});

test('an empty list means that nothing is encrypted, whatever else is sent', () => {
  assert.deepEqual(open(AES_CBC_VECTORS.none), { msisdn: '13800138000' });
  assert.deepEqual(open(SM4_GCM_VECTORS.none, { algorithm: 'other', wrappedKey: '' }), {
    msisdn: '13800138000',
  });
});

test('fields that are not listed stay as they are', () => {
  assert.deepEqual(open(AES_CBC_VECTORS.one, {}, { verifyMode: '1', name: '李四' }), {
    msisdn: '13800138000',
    verifyMode: '1',
    name: '李四',
  });
});

test('any value comes back through every way of wrapping the key and writing the IV', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((value) => value.isWellFormed());
  const asciiIv = fc.string({ unit: fc.constantFrom(...'abcXYZ0189+/=!'), minLength: 16, maxLength: 16 });
  const publicKey = createPublicKey(rsaPrivateKey);
  fc.assert(
    fc.property(text, fc.uint8Array({ minLength: 16, maxLength: 16 }), asciiIv, (value, ivBytes, ivText) => {
      const aesKey = randomBytes(32);
      const wrapped = wrapWithRsa(publicKey, aesKey).toString('base64');
      const ways = [
        {
          iv: Buffer.from(ivBytes),
          written: Buffer.from(ivBytes).toString('base64'),
          key: aesKey,
          blob: wrapped,
        },
        { iv: Buffer.from(ivText), written: ivText, key: aesKey, blob: wrapped },
        { iv: Buffer.from(ivText), written: ivText, key: KMS_AES_KEY, blob: KMS_BLOB },
      ];
      for (const { iv, written, key, blob } of ways) {
        const name = encryptAesCbc(key, iv, Buffer.from(value)).toString('base64');
        const change = { fields: ['name'], wrappedKey: blob, iv: written };
        assert.equal(open(AES_CBC_VECTORS.one, change, { name }).name, value);
      }
    }),
    propertyRuns(25),
  );
  fc.assert(
    fc.property(text, fc.uint8Array({ minLength: 12, maxLength: 12 }), (value, iv) => {
      const key = randomBytes(16);
      const { ciphertext, tag } = encryptSm4Gcm(key, iv, Buffer.from(value));
      const change = {
        fields: ['name'],
        wrappedKey: encryptSm2(sm2Public, key, randomBytes).toString('base64'),
        iv: Buffer.from(iv).toString('base64'),
        tags: [tag.toString('base64')],
      };
      assert.equal(open(SM4_GCM_VECTORS.one, change, { name: ciphertext.toString('base64') }).name, value);
    }),
    propertyRuns(10),
  );
});

test('SM4-GCM: ciphertext, tag or IV altered in any byte, or tags exchanged or missing, is refused', () => {
  const { sealed, input } = callOf(SM4_GCM_VECTORS.one);
  const refused = (change: Change, inputChange = {}) =>
    expectFault('decrypt_failed', () => open(SM4_GCM_VECTORS.one, change, inputChange));
  for (let i = 0; i < 11; i += 1) refused({}, { msisdn: flip(input.msisdn ?? '', i) });
  for (let i = 0; i < 16; i += 1) refused({ tags: [flip(sealed.tags[0] ?? '', i)] });
  for (let i = 0; i < 12; i += 1) refused({ iv: flip(sealed.iv ?? '', i) });
  for (const tags of [[], [''], ['AAAA']]) refused({ tags });
  const [first = '', second = '', third = ''] = SM4_GCM_VECTORS.three.tags;
  expectFault('decrypt_failed', () => open(SM4_GCM_VECTORS.three, { tags: [second, first, third] }));
});

test('a wrong key, blob, IV, ciphertext or padding is one and the same fault without detail', () => {
  const other = AES_CBC_VECTORS.three;
  const changes: Change[] = [
    { wrappedKey: '' },
    { wrappedKey: 'not base64!' },
    { wrappedKey: other.blob.slice(0, 100) },
    { wrappedKey: flip(other.blob, 0) },
    { wrappedKey: flip(other.blob, 127) },
    { wrappedKey: Buffer.alloc(128, 0xff).toString('base64') },
    { wrappedKey: 'A'.repeat(100_000) },
    { wrappedKey: SM4_GCM_VECTORS.one.blob },
    { wrappedKey: wrapWithRsa(createPublicKey(rsaPrivateKey), Buffer.alloc(16)).toString('base64') },
    { wrappedKey: 'a-k-b-k-c' },
    { wrappedKey: `${'A'.repeat(100_000)}-k-` },
    { iv: null },
    { iv: '' },
    { iv: 'fifteen letters' },
    { iv: 'A'.repeat(100_000) },
    { iv: SM4_GCM_VECTORS.one.iv },
    { algorithm: 'SM4-GCM' },
  ];
  for (const change of changes) expectFault('decrypt_failed', () => open(AES_CBC_VECTORS.one, change));
  for (const msisdn of ['13800138000', '张三', 'AAAA', 'A'.repeat(10_000)]) {
    expectFault('decrypt_failed', () => open(AES_CBC_VECTORS.one, {}, { msisdn }));
    expectFault('decrypt_failed', () => open(SM4_GCM_VECTORS.one, {}, { msisdn }));
  }
});

test('what is not UTF-8 is refused, and a byte order mark stays', () => {
  const iv = Buffer.alloc(16, 3);
  const seal = (bytes: Buffer) => encryptAesCbc(KMS_AES_KEY, iv, bytes).toString('base64');
  const change = { wrappedKey: KMS_BLOB, iv: iv.toString('base64') };
  for (const hex of ['ff', 'c3', 'e5bc', 'eda080', 'c0af']) {
    const msisdn = seal(Buffer.from(hex, 'hex'));
    expectFault('decrypt_failed', () => open(AES_CBC_VECTORS.one, change, { msisdn }));
  }
  assert.equal(open(AES_CBC_VECTORS.one, change, { msisdn: seal(Buffer.from('\ufeff1')) }).msisdn, '\ufeff1');
});

test('a rejected blob never opens fields under a key that its sender could compute', () => {
  // Could he, a success would tell him that the padding was wrong: the oracle that the substitute key is to prevent.
  const iv = Buffer.alloc(16, 3);
  const blob = Buffer.alloc(10).toString('base64');
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest();
  const guesses = [Buffer.alloc(32), createHash('sha256').update(blob).digest()];
  for (const key of ['', blob, pairs.rsaPublicPem, pairs.sm2PublicPem, sm2Public]) {
    guesses.push(hmac(key, blob), hmac(key, `substitute key\n${blob}`));
  }
  for (const guess of guesses) {
    const msisdn = encryptAesCbc(guess, iv, Buffer.from('13800138000')).toString('base64');
    const change = { wrappedKey: blob, iv: iv.toString('base64') };
    expectFault('decrypt_failed', () => open(AES_CBC_VECTORS.one, change, { msisdn }));
  }
});

test('a data key of the KMS must have the length that the algorithm needs', () => {
  const iv = Buffer.alloc(12, 3);
  const key = Buffer.alloc(16, 9);
  const { ciphertext, tag } = encryptSm4Gcm(key, iv, Buffer.from('13800138000'));
  const sealed: SealedFields = {
    fields: ['msisdn'],
    wrappedKey: KMS_BLOB,
    iv: iv.toString('base64'),
    algorithm: 'SM4-GCM',
    tags: [tag.toString('base64')],
  };
  const input = { msisdn: ciphertext.toString('base64') };
  const openWith = (vault: KeyVault) => openFields(sealed, input, ENCRYPTABLE, ACCOUNT, { ...keys, vault });
  assert.equal(openWith(vaultOf(key)).msisdn, '13800138000');
  expectFault('decrypt_failed', () => openWith(vaultOf(Buffer.alloc(32, 9))));
});

test("without the grant a KMS blob is not even looked at, and another account's does not open", () => {
  const { sealed, input } = callOf(AES_CBC_VECTORS.one);
  const kms = { ...sealed, wrappedKey: KMS_BLOB };
  const deaf = { ...vaultOf(KMS_AES_KEY), decrypt: () => assert.fail('asked without a grant') };
  expectFault('key_grant_missing', () =>
    openFields(kms, input, ENCRYPTABLE, ACCOUNT, { ...keys, vault: deaf, kmsGrant: false }),
  );
  expectFault('decrypt_failed', () => openFields(kms, input, ENCRYPTABLE, ACCOUNT + 1, keys));
  const withdrawn = { ...keys, kmsGrant: false };
  assert.deepEqual(openFields(sealed, input, ENCRYPTABLE, ACCOUNT, withdrawn), { msisdn: '13800138000' });
});

test('a defect of the vault is not disguised as bad input', () => {
  const broken = { ...vaultOf(KMS_AES_KEY), decrypt: () => assert.fail('broken') };
  const { sealed, input } = callOf(AES_CBC_VECTORS.one);
  const run = () =>
    openFields({ ...sealed, wrappedKey: KMS_BLOB }, input, ENCRYPTABLE, ACCOUNT, { ...keys, vault: broken });
  assert.throws(run, assert.AssertionError);
});

test('an algorithm that is not offered is named as the parameter at fault', () => {
  for (const algorithm of ['', 'AES-128-CBC', 'aes-256-cbc', 'toString', '__proto__']) {
    expectFault('parameter_value', () => open(AES_CBC_VECTORS.one, { algorithm }), 'encryption.algorithm');
  }
});

test('a listed field that cannot be encrypted, is absent, no text, or listed twice is refused', () => {
  const lists = [
    [undefined],
    ['verifyMode'],
    ['name'],
    ['msisdn', undefined],
    ['msisdn', 'msisdn'],
    ['__proto__'],
  ];
  for (const fields of lists) {
    expectFault('encrypt_field_unsupported', () =>
      open(AES_CBC_VECTORS.one, { fields }, { verifyMode: '1' }),
    );
  }
  for (const msisdn of ['', null, 5, undefined]) {
    expectFault('encrypt_field_unsupported', () => open(AES_CBC_VECTORS.one, {}, { msisdn }));
  }
});

test('no encrypted call makes opening throw anything but a fault', () => {
  const junk = fc.oneof(fc.string({ maxLength: 40 }), fc.base64String({ maxLength: 200 }));
  const algorithm = fc.constantFrom('AES-256-CBC', 'SM4-GCM', 'x');
  fc.assert(
    fc.property(
      junk,
      fc.option(junk),
      junk,
      fc.array(junk),
      algorithm,
      (wrappedKey, iv, msisdn, tags, name) => {
        const sealed = { fields: ['msisdn'], wrappedKey, iv, tags, algorithm: name };
        try {
          openFields(sealed, { msisdn }, ENCRYPTABLE, ACCOUNT, keys);
        } catch (error) {
          assert.ok(error instanceof Fault, String(error));
        }
      },
    ),
  );
});

test('a wrapped key sent again is not unwrapped again, whether it opens or not, and answers the same', () => {
  for (const vector of [AES_CBC_VECTORS.one, SM4_GCM_VECTORS.one]) {
    for (const wrappedKey of [vector.blob, flip(vector.blob, 40)]) {
      let asked = 0;
      const inner = createUnwrappedKeys({ max: 10, keptMs: 1000, hashKey: Buffer.alloc(32) });
      const counted: UnwrappedKeys = {
        get: (accountId, algorithm, wrapped, nowMs, unwrap) =>
          inner.get(accountId, algorithm, wrapped, nowMs, () => {
            asked += 1;
            return unwrap();
          }),
      };
      const { sealed, input } = callOf(vector);
      const ask = () => {
        try {
          return openFields({ ...sealed, wrappedKey }, input, ENCRYPTABLE, ACCOUNT, {
            ...keys,
            unwrapped: counted,
          });
        } catch (error) {
          return error instanceof Fault && error.code;
        }
      };
      const first = ask();
      assert.deepEqual(first, wrappedKey === vector.blob ? { msisdn: '13800138000' } : 'decrypt_failed');
      assert.deepEqual(ask(), first);
      assert.equal(asked, 1);
    }
  }
});

test('a key of the KMS is asked for at every call: disabled or withdrawn, it opens nothing from then on', () => {
  const holding = createUnwrappedKeys({ max: 10, keptMs: 60_000, hashKey: Buffer.alloc(32) });
  const iv = randomBytes(16);
  const msisdn = encryptAesCbc(KMS_AES_KEY, iv, Buffer.from('13800138000')).toString('base64');
  const sealed: SealedFields = {
    fields: ['msisdn'],
    wrappedKey: KMS_BLOB,
    iv: iv.toString('base64'),
    algorithm: 'AES-256-CBC',
    tags: [],
  };
  const disabled = {
    ...vaultOf(KMS_AES_KEY),
    decrypt: () => {
      throw new Fault('kms_key_disabled');
    },
  };
  const ask = (changes: Partial<FieldKeys>) =>
    openFields(sealed, { msisdn }, ENCRYPTABLE, ACCOUNT, { ...keys, unwrapped: holding, ...changes });
  assert.deepEqual(ask({}), { msisdn: '13800138000' });
  expectFault('decrypt_failed', () => ask({ vault: disabled }));
  expectFault('key_grant_missing', () => ask({ kmsGrant: false }));
});
