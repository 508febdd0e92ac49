import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { administrate, FIXED_CLOCK, makeAccountsFile, NOW_MS, SHOP } from '../../test/support/accounts.ts';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { decryptSm2, generateSm2KeyPair } from '../codecs/sm2.ts';
import { sm2PublicPem } from '../codecs/sm2-pem.ts';
import type { ActionContext, ActionDefinition } from '../core/action.ts';
import { compileSchema } from '../core/schema.ts';
import { Fault, type FaultCode } from '../domain/fault.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { openKeyVault } from '../storage/sqlite/accounts/key-vault.ts';
import { callerIdentity } from './caller-identity.ts';
import { ACTIONS } from './index.ts';
import { kmsCreateKey } from './kms-create-key.ts';
import { kmsDecrypt } from './kms-decrypt.ts';
import { kmsDescribeKey } from './kms-describe-key.ts';
import { kmsEncrypt } from './kms-encrypt.ts';
import { kmsGenerateDataKey } from './kms-generate-data-key.ts';
import { kmsGenerateRandom } from './kms-generate-random.ts';
import { kmsListKeys } from './kms-list-keys.ts';
import { kmsServiceStatus } from './kms-service-status.ts';

type Input = Readonly<Record<string, unknown>>;
type Ask = (action: ActionDefinition, input: Input) => Promise<Record<string, unknown>>;

/** Asks an action as the pipeline does: schema first. What it throws must be among the faults it declares. */
function open(t: TestContext): { readonly ask: Ask; readonly accountId: string } {
  const path = makeAccountsFile(t);
  const { account } = administrate(t, path).createAccount(SHOP);
  const vault = openKeyVault({
    path,
    sealKey: Buffer.alloc(32, 1),
    clock: FIXED_CLOCK,
    random: systemRandom,
    keysPerAccountMax: 3,
  });
  t.after(() => vault.close());
  const context = { account, vault, random: systemRandom } as unknown as ActionContext;
  const ask: Ask = async (action, input) => {
    compileSchema(action.input)(input, []);
    try {
      const prepared = action.prepare(input, context);
      assert.equal(prepared.kind, 'concluded');
      const conclusion = prepared.kind === 'concluded' ? await prepared.conclusion : undefined;
      assert.deepEqual(Object.keys(action.outcomes), [conclusion?.outcome]);
      const output = { ...conclusion?.output };
      compileSchema(action.output)(output, []);
      assert.deepEqual(Object.keys(output).sort(), Object.keys(action.output.properties).sort());
      return output;
    } catch (error) {
      if (error instanceof Fault && error.code !== 'parameter_value') {
        assert.ok(action.faults.includes(error.code), `${action.name} does not declare ${error.code}`);
      }
      throw error;
    }
  };
  return { ask, accountId: account.accountId };
}

const withFault = (code: FaultCode) => (error: unknown) => error instanceof Fault && error.code === code;

async function makeKey(ask: Ask, alias = 'verification'): Promise<string> {
  return String((await ask(kmsCreateKey, { alias })).keyId);
}

test('platform actions are free, belong to no service and count no limit', () => {
  const platform = ACTIONS.filter(({ service }) => service === 'platform');
  assert.equal(platform.length, 9);
  for (const { outcomes, encryptable, limited, subject } of platform) {
    assert.deepEqual(outcomes, { completed: { charged: false } });
    assert.deepEqual([encryptable, limited, subject], [[], [], undefined]);
  }
});

test('the envelope flow: the data key that was given in the clear comes back out of its ciphertext', async (t) => {
  const { ask } = open(t);
  const keyId = await makeKey(ask);
  for (const [wish, bytes] of [
    [{ keySpec: 'AES_256' }, 32],
    [{ keySpec: 'AES_128' }, 16],
    [{ numberOfBytes: 1 }, 1],
    [{ numberOfBytes: 1024 }, 1024],
    [{ keySpec: 'AES_256', numberOfBytes: 24 }, 24],
  ] as const) {
    const encryptionContext = '{"key1":"value1"}';
    const made = await ask(kmsGenerateDataKey, { keyId, ...wish, encryptionContext });
    assert.equal(Buffer.from(String(made.plaintext), 'base64').length, bytes);
    const { ciphertextBlob } = made;
    const opened = await ask(kmsDecrypt, { ciphertextBlob, encryptionContext });
    assert.deepEqual([opened.plaintext, opened.keyId], [made.plaintext, keyId]);
    await assert.rejects(ask(kmsDecrypt, { ciphertextBlob }), withFault('kms_ciphertext_invalid'));
  }
});

test('a data key needs a length that is documented', async (t) => {
  const { ask } = open(t);
  const keyId = await makeKey(ask);
  const wishes = [{}, { keySpec: '' }, { keySpec: 'AES_512' }, { keySpec: 'toString' }];
  for (const wish of [...wishes, { numberOfBytes: 0 }, { numberOfBytes: 1025 }, { numberOfBytes: -1 }]) {
    await assert.rejects(ask(kmsGenerateDataKey, { keyId, ...wish }), withFault('parameter_invalid'));
  }
});

test('a plaintext given for a public key can be read by its holder alone', async (t) => {
  const { ask } = open(t);
  const keyId = await makeKey(ask);
  const { ciphertextBlob, plaintext } = await ask(kmsGenerateDataKey, { keyId, keySpec: 'AES_256' });
  const dataKey = Buffer.from(String(plaintext), 'base64');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forRsa = await ask(kmsDecrypt, {
    ciphertextBlob,
    encryptionPublicKey: rsa.publicKey.export({ type: 'spki', format: 'pem' }),
    encryptionAlgorithm: 'RSAES_OAEP_SHA_256',
  });
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const wrapped = Buffer.from(String(forRsa.plaintext), 'base64');
  assert.deepEqual(privateDecrypt({ key: rsa.privateKey, ...padding }, wrapped), dataKey);
  const sm2 = generateSm2KeyPair((length) => systemRandom.bytes(length));
  const encryptionPublicKey = sm2PublicPem(sm2.publicHex);
  // SM2 is what an absent or empty algorithm means.
  for (const algorithm of [{}, { encryptionAlgorithm: '' }, { encryptionAlgorithm: 'SM2' }]) {
    const forSm2 = await ask(kmsDecrypt, { ciphertextBlob, encryptionPublicKey, ...algorithm });
    assert.deepEqual(decryptSm2(sm2.privateHex, Buffer.from(String(forSm2.plaintext), 'base64')), dataKey);
  }
});

test('a public key that cannot encrypt fails, and an algorithm that is not documented is invalid', async (t) => {
  const { ask } = open(t);
  const keyId = await makeKey(ask);
  const wish = { keyId, keySpec: 'AES_256' };
  await assert.rejects(
    ask(kmsGenerateDataKey, { ...wish, encryptionPublicKey: 'no key' }),
    withFault('kms_encryption_failed'),
  );
  await assert.rejects(
    ask(kmsGenerateDataKey, { ...wish, encryptionPublicKey: 'any', encryptionAlgorithm: 'ROT13' }),
    withFault('parameter_invalid'),
  );
});

test('Encrypt and Decrypt give back what went in, up to 4 KiB', async (t) => {
  const { ask } = open(t);
  const keyId = await makeKey(ask);
  const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 4096 });
  await fc.assert(
    fc.asyncProperty(plaintexts, async (bytes) => {
      const plaintext = Buffer.from(bytes).toString('base64');
      const { ciphertextBlob } = await ask(kmsEncrypt, { keyId, plaintext });
      assert.equal((await ask(kmsDecrypt, { ciphertextBlob })).plaintext, plaintext);
    }),
    propertyRuns(20),
  );
  const tooLong = Buffer.alloc(4097).toString('base64');
  for (const plaintext of ['', 'not base64!', tooLong]) {
    await assert.rejects(ask(kmsEncrypt, { keyId, plaintext }), withFault('kms_plaintext_invalid'));
  }
});

test('a context of more than 1,024 bytes is refused', async (t) => {
  const { ask } = open(t);
  const keyId = await makeKey(ask);
  const wish = { keyId, plaintext: 'YQ==' };
  await ask(kmsEncrypt, { ...wish, encryptionContext: 'x'.repeat(1024) });
  for (const encryptionContext of ['x'.repeat(1025), '密'.repeat(342)]) {
    await assert.rejects(ask(kmsEncrypt, { ...wish, encryptionContext }), withFault('parameter_invalid'));
  }
});

test('aliases are held to the documented form', async (t) => {
  const { ask } = open(t);
  const refused = ['', '-a', '_a', 'a b', 'ä', 'a'.repeat(61), 'kms-mine', 'KMS-mine', 'a\n'];
  for (const alias of refused) {
    await assert.rejects(ask(kmsCreateKey, { alias }), withFault('kms_alias_invalid'), alias);
  }
  for (const alias of ['a', '1', `a${'b-'.repeat(29)}_`]) await ask(kmsCreateKey, { alias });
  await assert.rejects(ask(kmsCreateKey, { alias: 'one-more' }), withFault('kms_key_limit'));
});

test('a key is created as documented; what is not offered is refused by its documented error', async (t) => {
  const { ask } = open(t);
  const made = await ask(kmsCreateKey, {
    alias: 'a',
    description: 'for the shop',
    keyUsage: 'ENCRYPT_DECRYPT',
    type: 1,
    hsmClusterId: '',
  });
  assert.match(String(made.keyId), /^[0-9a-f-]{36}$/);
  assert.deepEqual(made, {
    keyId: made.keyId,
    alias: 'a',
    createTime: NOW_MS / 1000,
    description: 'for the shop',
    keyState: 'Enabled',
    keyUsage: 'ENCRYPT_DECRYPT',
    tagCode: 0,
    tagMsg: 'ok',
    hsmClusterId: '',
  });
  for (const [input, code] of [
    [{ keyUsage: 'ASYMMETRIC_DECRYPT_SM2' }, 'kms_key_usage_unsupported'],
    [{ keyUsage: 'anything' }, 'kms_key_usage_invalid'],
    [{ type: 2 }, 'kms_key_type_invalid'],
    [{ hsmClusterId: 'cluster-1' }, 'parameter_value'],
    [{ alias: 'a' }, 'kms_alias_exists'],
  ] as const) {
    await assert.rejects(ask(kmsCreateKey, { alias: 'b', ...input }), withFault(code));
  }
});

test('tags are not kept, and their code says so', async (t) => {
  const { ask } = open(t);
  const made = await ask(kmsCreateKey, { alias: 'a', tags: [{ tagKey: 'env', tagValue: 'dev' }] });
  assert.equal(made.tagCode, 2);
});

test('a data key is not kept for the caller', async (t) => {
  const { ask } = open(t);
  const wish = { keyId: await makeKey(ask), keySpec: 'AES_256' };
  assert.equal((await ask(kmsGenerateDataKey, { ...wish, isHostedByKms: 0 })).dataKeyId, '');
  await assert.rejects(
    ask(kmsGenerateDataKey, { ...wish, isHostedByKms: 1, dataKeyName: 'a' }),
    withFault('operation_unsupported'),
  );
});

test('a key is described with every documented attribute', async (t) => {
  const { ask, accountId } = open(t);
  const keyId = await makeKey(ask);
  const { keyMetadata } = await ask(kmsDescribeKey, { keyId });
  const metadata = keyMetadata as Record<string, unknown>;
  assert.equal(Object.keys(metadata).length, 29);
  assert.equal(metadata.resourceId, `creatorUin/${accountId}/${keyId}`);
  assert.equal(metadata.creatorUin, Number(accountId));
});

test('keys are listed by page, the oldest first', async (t) => {
  const { ask } = open(t);
  for (const alias of ['a', 'b', 'c']) await makeKey(ask, alias);
  const { keys, totalCount } = await ask(kmsListKeys, {});
  const all = keys as { keyId: string }[];
  assert.deepEqual([all.length, totalCount], [3, 3]);
  assert.deepEqual((await ask(kmsListKeys, { offset: 1, limit: 1 })).keys, [all[1]]);
  assert.deepEqual(await ask(kmsListKeys, { role: 1 }), { keys: [], totalCount: 0 });
  for (const input of [{ limit: 0 }, { limit: 201 }, { offset: -1 }, { role: 2 }]) {
    await assert.rejects(ask(kmsListKeys, input), withFault('parameter_invalid'));
  }
});

test('the service is enabled and tells how many keys there are and may be', async (t) => {
  const { ask } = open(t);
  await makeKey(ask);
  const { serviceEnabled, invalidType, cmkUserCount, cmkLimit } = await ask(kmsServiceStatus, {});
  assert.deepEqual([serviceEnabled, invalidType, cmkUserCount, cmkLimit], [true, 1, 1, 3]);
});

test('random bytes have the length that was asked for and are never the same', async (t) => {
  const { ask } = open(t);
  for (const numberOfBytes of [16, 1024]) {
    const draw = async () =>
      Buffer.from(String((await ask(kmsGenerateRandom, { numberOfBytes })).plaintext), 'base64');
    const [one, other] = [await draw(), await draw()];
    assert.equal(one.length, numberOfBytes);
    assert.notDeepEqual(one, other);
  }
  for (const numberOfBytes of [0, 1025]) {
    await assert.rejects(ask(kmsGenerateRandom, { numberOfBytes }), withFault('parameter_invalid'));
  }
});

test('a caller is told its own account', async (t) => {
  const { ask, accountId } = open(t);
  assert.deepEqual(await ask(callerIdentity, {}), {
    arn: `qcs::cam::uin/${accountId}:uin/${accountId}`,
    accountId,
    userId: accountId,
    principalId: accountId,
    type: 'CAMUser',
  });
});
