// The browser's side of the signature steps against the vendor's published vectors and against the server's own codec.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../../test/support/property-runs.ts';
import { signTc3 } from '../../codecs/tc3.ts';
import { describeTc3, signTc3Steps } from './tc3.ts';
import { describeV1, signV1Steps } from './v1.ts';

const SECRET = 'Gu5t9xGARNpq86cd98joQYCN3*******';
const SECRET_ID = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******';
const DOCUMENTED = {
  method: 'POST',
  host: 'cvm.tencentcloudapi.com',
  path: '/',
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
  timestamp: 1_551_113_065,
  service: 'cvm',
};

test('TC3 step by step gives the published hash and signature', async () => {
  const steps = await describeTc3(DOCUMENTED);
  assert.equal(steps.hashedPayload, '35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064');
  assert.equal(
    steps.hashedCanonicalRequest,
    '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
  );
  assert.equal(steps.credentialScope, '2019-02-25/cvm/tc3_request');
  const { signature } = await signTc3Steps(SECRET_ID, SECRET, steps, 'cvm');
  assert.equal(signature, '2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c');
  const more = await describeTc3({
    ...DOCUMENTED,
    headers: { ...DOCUMENTED.headers, 'x-tc-action': 'describeinstances' },
    signedHeaders: ['x-tc-action', 'host', 'content-type'],
  });
  assert.equal(
    (await signTc3Steps(SECRET_ID, SECRET, more, 'cvm')).signature,
    'be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3',
  );
});

test('v1 step by step gives the published signatures', async () => {
  const parameters = {
    ...{ Action: 'DescribeInstances', 'InstanceIds.0': 'ins-09dx96dg', Limit: '20', Nonce: '11886' },
    ...{ Offset: '0', Region: 'ap-guangzhou', SecretId: SECRET_ID, Timestamp: '1465185768' },
    ...{ Version: '2017-03-12', Signature: 'does not count' },
  };
  const start = { method: 'GET', host: 'cvm.tencentcloudapi.com', path: '/' };
  assert.equal(
    await signV1Steps(SECRET, describeV1({ ...start, parameters }), 'HmacSHA1'),
    'zmmjn35mikh6pM3V7sUEuX4wyYM=',
  );
  const longer = describeV1({ ...start, parameters: { ...parameters, SignatureMethod: 'HmacSHA256' } });
  assert.equal(
    await signV1Steps(SECRET, longer, 'HmacSHA256'),
    'czb75sAwt2P15FCqA4ugj88/aUVor/dVp3fCS/7mQiY=',
  );
});

test('the browser signs any request as the server expects it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string({ minLength: 1 }),
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.constantFrom('GET', 'POST'),
      async (body, secretKey, timestamp, method) => {
        const host = '127.0.0.1:8080';
        const payload = method === 'GET' ? '' : body;
        const steps = await describeTc3({
          ...{ method, host, path: '/', query: 'a=1', body, timestamp, service: 'faceid' },
          headers: { 'content-type': 'application/json' },
        });
        const { authorization } = await signTc3Steps('ID', secretKey, steps, 'faceid');
        const expected = signTc3({
          ...{ secretId: 'ID', secretKey, host, query: method === 'GET' ? 'a=1' : '' },
          method: method === 'GET' ? 'GET' : 'POST',
          ...{ contentType: 'application/json', payload: Buffer.from(payload) },
          ...{ timestampSeconds: timestamp, service: 'faceid' },
        });
        assert.equal(authorization, expected);
      },
    ),
    propertyRuns(100),
  );
});
