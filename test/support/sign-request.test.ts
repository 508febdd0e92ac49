import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signV1, toBytes } from './sign-request.ts';

test('the v1 signature equals the published example', () => {
  const { target } = signV1(
    { secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******', secretKey: 'Gu5t9xGARNpq86cd98joQYCN3*******' },
    {
      method: 'GET',
      host: 'cvm.tencentcloudapi.com',
      algorithm: 'HmacSHA256',
      parameters: {
        Action: 'DescribeInstances',
        'InstanceIds.0': 'ins-09dx96dg',
        Limit: '20',
        Nonce: '11886',
        Offset: '0',
        Region: 'ap-guangzhou',
        Timestamp: '1465185768',
        Version: '2017-03-12',
      },
    },
  );
  assert.match(target, /&Signature=czb75sAwt2P15FCqA4ugj88%2FaUVor%2FdVp3fCS%2F7mQiY%3D$/);
});

test('a request is written as HTTP/1.1 with its length', () => {
  const bytes = toBytes({ method: 'POST', target: '/', headers: { Host: 'h' }, body: Buffer.from('号') });
  assert.equal(bytes.toString(), 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n号');
});
