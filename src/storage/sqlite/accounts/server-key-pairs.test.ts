import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeAccountsFile } from '../../../../test/support/accounts.ts';
import { unwrapWithRsa } from '../../../codecs/rsa-pkcs1.ts';
import { decryptSm2 } from '../../../codecs/sm2.ts';
import { wrapForRecipient } from '../../../codecs/wrap-for-recipient.ts';
import { systemRandom } from '../../../runtime/system-random.ts';
import { loadServerKeyPairs } from './server-key-pairs.ts';

const SEAL_KEY = Buffer.alloc(32, 3);
const draw = (length: number): Uint8Array => systemRandom.bytes(length);

test('the pairs are made once: what is wrapped for the published halves is opened after a restart', (t) => {
  const path = makeAccountsFile(t);
  const { rsaPublicPem, sm2PublicPem } = loadServerKeyPairs(path, SEAL_KEY, systemRandom);
  const later = loadServerKeyPairs(path, SEAL_KEY, systemRandom);
  assert.deepEqual([later.rsaPublicPem, later.sm2PublicPem], [rsaPublicPem, sm2PublicPem]);
  const key = Buffer.from('sixteen bytes ..');
  const forRsa = wrapForRecipient(rsaPublicPem, 'RSAES_PKCS1_V1_5', key, draw);
  const forSm2 = wrapForRecipient(sm2PublicPem, 'SM2', key, draw);
  assert.ok(forRsa !== undefined && forSm2 !== undefined);
  assert.deepEqual(unwrapWithRsa(later.rsaPrivateKey, forRsa), key);
  assert.deepEqual(decryptSm2(later.sm2PrivateHex, forSm2), key);
});

test('the private halves rest sealed and do not open under another master key', (t) => {
  const path = makeAccountsFile(t);
  const { rsaPrivateKey, sm2PrivateHex } = loadServerKeyPairs(path, SEAL_KEY, systemRandom);
  const written = readFileSync(path);
  assert.ok(!written.includes(Buffer.from(sm2PrivateHex, 'hex')));
  assert.ok(!written.includes(rsaPrivateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-64)));
  assert.throws(() => loadServerKeyPairs(path, Buffer.alloc(32, 4), systemRandom), /do not open/);
});
