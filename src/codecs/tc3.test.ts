import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  createTc3AuthorizationReader,
  parseTc3Authorization,
  signTc3,
  tc3Date,
  UNSIGNED_PAYLOAD,
} from './tc3.ts';

const DOCUMENTED_PAYLOAD = Buffer.from(
  String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
);
const CVM_POST = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******',
  method: 'POST',
  host: 'cvm.tencentcloudapi.com',
  contentType: 'application/json; charset=utf-8',
  payload: DOCUMENTED_PAYLOAD,
  timestampSeconds: 1551113065,
  service: 'cvm',
} as const;
const CVM_GET = {
  ...CVM_POST,
  method: 'GET',
  query: 'Limit=10&Offset=0',
  contentType: 'application/x-www-form-urlencoded',
  payload: Buffer.alloc(0),
  timestampSeconds: 1539084154,
} as const;
const FACEID = {
  secretId: 'id',
  secretKey: 'SecretKeyExample00000000000000001',
  method: 'POST',
  host: 'faceid.tencentcloudapi.com',
  contentType: 'application/json',
  payload: Buffer.from('{"Mobile":"13800138000"}'),
  timestampSeconds: 1767225600,
  service: 'faceid',
} as const;

const STARS = '*'.repeat(7);
const VECTORS = [
  {
    subject: { ...CVM_POST, secretKey: `Gu5t9xGARNpq86cd98joQYCN3${STARS}` },
    signature: '2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c',
  },
  {
    subject: { ...CVM_POST, secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' },
    signature: '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  },
  {
    subject: { ...CVM_GET, secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' },
    signature: '5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474',
  },
  {
    subject: { ...CVM_GET, secretKey: `Gu5t9xGARNpq86cd98joQYCN3${STARS}` },
    signature: '5eb8a01ce987b76143adc6fb86c97a9145b8f071f9daa6da95f024c0ba681056',
  },
  { subject: FACEID, signature: 'b5df04c167acdb30563a23d8fef1eeff17f089e90916bb59ee517556cf71b2e9' },
  {
    subject: { ...FACEID, host: 'faceid.intl.tencentcloudapi.com' },
    signature: '4c2515579bc2aa07e0eca250e38131730e1b402c4570632b97658fcb835e1149',
  },
  {
    subject: { ...FACEID, host: '127.0.0.1:8080' },
    signature: '6af53c880fd4eab35aa419359b66d5c71ad1d930ba55e48822b8523c53759057',
  },
  {
    subject: { ...FACEID, payload: UNSIGNED_PAYLOAD },
    signature: '6e1125a410363d1a2fe86d36ac01e6ebf813bbd6a06f173f1ce8516b9bbefd45',
  },
  {
    subject: {
      ...FACEID,
      method: 'GET',
      query: 'Mobile=13800138000',
      contentType: CVM_GET.contentType,
      payload: Buffer.alloc(0),
    },
    signature: 'ac56fc04cdbdaaf041382448491d498a05665f29227bc5e050a09e49f33d00a9',
  },
] as const;

test('the published vectors come out', () => {
  for (const { subject, signature } of VECTORS) {
    assert.equal(signTc3(subject).split('Signature=')[1], signature);
  }
});

test('what a client signs can be taken apart again, with slashes in the service', () => {
  for (const service of ['faceid', '127', 'localhost:18080', 'localhost:18080/tencent']) {
    const parsed = parseTc3Authorization(signTc3({ ...FACEID, service }));
    assert.ok(typeof parsed === 'object');
    assert.deepEqual(
      { ...parsed, signature: parsed.signature.length },
      { secretId: 'id', date: '2026-01-01', service, signedHeaders: ['content-type', 'host'], signature: 32 },
    );
  }
});

test('a header that is not well formed is refused by the part that is wrong', () => {
  const good = signTc3(FACEID);
  assert.equal(parseTc3Authorization('SKIP'), 'Credential');
  assert.equal(parseTc3Authorization(good.replace('/2026-01-01/', '/2026-1-1/')), 'Credential');
  assert.equal(parseTc3Authorization(good.replace('/tc3_request', '')), 'Credential');
  assert.equal(parseTc3Authorization(good.replace('faceid', '')), 'Credential');
  assert.equal(parseTc3Authorization(good.replace('id/', '/')), 'Credential');
  assert.equal(parseTc3Authorization(good.replace('content-type;host', 'content-type')), 'SignedHeaders');
  assert.equal(parseTc3Authorization(good.replace('content-type;host', 'host;x')), 'SignedHeaders');
  assert.equal(parseTc3Authorization(good.slice(0, -1)), 'Signature');
  assert.equal(parseTc3Authorization(`${good.slice(0, -1)}g`), 'Signature');
  assert.equal(parseTc3Authorization(`${good},${' '.repeat(3000)}`), 'Credential');
});

test('no text makes the parser throw', () => {
  const anyHeader = fc.oneof(
    fc.string(),
    fc.string().map((text) => `TC3-HMAC-SHA256 ${text}`),
    fc
      .tuple(fc.string(), fc.string(), fc.string())
      .map(([a, b, c]) => `TC3-HMAC-SHA256 Credential=${a}, SignedHeaders=${b}, Signature=${c}`),
  );
  fc.assert(fc.property(anyHeader, (header) => parseTc3Authorization(header) !== undefined));
});

test('a reader that keeps what it saw reads every header as if it had seen none', () => {
  const read = createTc3AuthorizationReader();
  const start = signTc3(FACEID).slice(0, -64);
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
  const tail = fc.oneof(
    hex,
    fc.string({ minLength: 60, maxLength: 70 }),
    hex.map((text) => `${text.slice(2)}, `),
  );
  const header = fc.tuple(fc.constantFrom(start, start.replace('id/', 'other/'), `${start}00`, 'x'), tail);
  fc.assert(
    fc.property(header, ([claim, signature]) => {
      assert.deepEqual(read(claim + signature), parseTc3Authorization(claim + signature));
    }),
  );
});

test('the date is the one of UTC', () => {
  assert.equal(tc3Date(1551113065), '2019-02-25');
  assert.equal(tc3Date(1767225599), '2025-12-31');
  assert.equal(tc3Date(1767225600), '2026-01-01');
});
