import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { createRequestReader } from './read-request.ts';

const HEADERS_MAX_BYTES = 8192;
const reader = createRequestReader(HEADERS_MAX_BYTES);

const request = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

test('a plain request is read: target, headers as sent, body', () => {
  const read = reader.read(
    request('POST /tencent?a=1 HTTP/1.1', 'Host: x:1', 'X-Two:  a b \t', 'content-length: 4', '', '{"":'),
  );
  assert.equal(read?.url, '/tencent?a=1');
  assert.deepEqual(read?.rawHeaders, ['Host', 'x:1', 'X-Two', 'a b', 'content-length', '4']);
  assert.equal(read?.body.toString(), '{"":');
});

const UNUSUAL: readonly (readonly [what: string, ...lines: string[]])[] = [
  ['another method', 'GET / HTTP/1.1', 'Host: x', 'Content-Length: 0', '', ''],
  ['another version', 'POST / HTTP/1.0', 'Host: x', 'Content-Length: 0', '', ''],
  ['a target that is no path', 'POST http://x/ HTTP/1.1', 'Host: x', 'Content-Length: 0', '', ''],
  ['a space in the target', 'POST / a HTTP/1.1', 'Host: x', 'Content-Length: 0', '', ''],
  ['no length', 'POST / HTTP/1.1', 'Host: x', '', ''],
  ['two lengths', 'POST / HTTP/1.1', 'Host: x', 'Content-Length: 1', 'Content-Length: 1', '', 'a'],
  ['no host', 'POST / HTTP/1.1', 'Content-Length: 1', '', 'a'],
  ['two hosts', 'POST / HTTP/1.1', 'Host: x', 'host: y', 'Content-Length: 1', '', 'a'],
  [
    'two authorizations',
    'POST / HTTP/1.1',
    'Host: x',
    'Authorization: a',
    'AUTHORIZATION: a',
    'Content-Length: 1',
    '',
    'a',
  ],
  ['a signed length', 'POST / HTTP/1.1', 'Host: x', 'Content-Length: +1', '', 'a'],
  ['a list of lengths', 'POST / HTTP/1.1', 'Host: x', 'Content-Length: 1, 1', '', 'a'],
  ['a body that is not all there', 'POST / HTTP/1.1', 'Host: x', 'Content-Length: 2', '', 'a'],
  ['a second request behind it', 'POST / HTTP/1.1', 'Host: x', 'Content-Length: 1', '', 'aPOST'],
  [
    'a chunked body',
    'POST / HTTP/1.1',
    'Host: x',
    'Transfer-Encoding: chunked',
    'Content-Length: 1',
    '',
    'a',
  ],
  ['an expectation', 'POST / HTTP/1.1', 'Host: x', 'Expect: 100-continue', 'Content-Length: 1', '', 'a'],
  ['an upgrade', 'POST / HTTP/1.1', 'Host: x', 'Upgrade: h2c', 'Content-Length: 1', '', 'a'],
  ['a wish to close', 'POST / HTTP/1.1', 'Host: x', 'Connection: close', 'Content-Length: 1', '', 'a'],
  ['a folded line', 'POST / HTTP/1.1', 'Host: x', 'X: a', ' b', 'Content-Length: 1', '', 'a'],
  ['a name with a space', 'POST / HTTP/1.1', 'Host: x', 'Content-Length : 1', '', 'a'],
  ['a line without colon', 'POST / HTTP/1.1', 'Host: x', 'Name', 'Content-Length: 1', '', 'a'],
  [
    'a lone line feed',
    'POST / HTTP/1.1',
    'Host: x',
    'X: a\nTransfer-Encoding: chunked',
    'Content-Length: 1',
    '',
    'a',
  ],
  ['a lone carriage return', 'POST / HTTP/1.1', 'Host: x', 'X: a\rb', 'Content-Length: 1', '', 'a'],
  ['a null byte', 'POST / HTTP/1.1', 'Host: x', 'X: a\0b', 'Content-Length: 1', '', 'a'],
  [
    'too large a head',
    'POST / HTTP/1.1',
    'Host: x',
    `X: ${'a'.repeat(HEADERS_MAX_BYTES)}`,
    'Content-Length: 1',
    '',
    'a',
  ],
];

for (const [what, ...lines] of UNUSUAL) {
  test(`is left to Node: ${what}`, () => assert.equal(reader.read(request(...lines)), undefined));
}

test('whatever is read here, the HTTP parser of Node reads in the same way', async (t) => {
  const seen: { url: string; rawHeaders: string[]; body: string }[] = [];
  const server = createServer({ maxHeaderSize: HEADERS_MAX_BYTES }, (message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const { url = '', rawHeaders } = message;
      seen.push({ url, rawHeaders, body: Buffer.concat(chunks).toString('latin1') });
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;

  const piece = fc.constantFrom(
    ...[
      'X',
      'Host',
      'Content-Length',
      'Connection',
      'Transfer-Encoding',
      'Set-Cookie',
      'Accept',
      'content-length',
    ],
    ...[
      ':',
      ': ',
      ' :',
      '\t',
      ' ',
      '\r\n',
      '\r',
      '\n',
      ',',
      ';',
      '"',
      '\0',
      '\x7f',
      '\x0b',
      '\xa0',
      '\xff',
      '(',
    ],
    ...[
      '0',
      '1',
      '3',
      '03',
      '1e0',
      '0x1',
      '-1',
      'chunked',
      'keep-alive',
      'close',
      'a',
      'HTTP/1.1',
      'POST / ',
    ],
  );
  const noise = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  const bytes = fc
    .tuple(
      fc.constantFrom('/', '/?a=b', '/tencent', '/identity/phone/check-1e', '/\x80', '/a b'),
      fc.array(noise, { maxLength: 4 }),
      noise,
    )
    .chain(([target, lines, body]) =>
      fc
        .constantFrom(body.length, body.length, body.length + 1, 0)
        .map((length) =>
          request(`POST ${target} HTTP/1.1`, 'Host: x', ...lines, `Content-Length: ${length}`, '', body),
        ),
    );

  let compared = 0;
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const read = reader.read(sent);
      if (read === undefined) return;
      compared += 1;
      seen.length = 0;
      const socket = connect(port, '127.0.0.1');
      socket.end(sent);
      socket.resume();
      socket.on('error', () => {});
      await once(socket, 'close');
      assert.equal(seen.length, 1);
      assert.deepEqual(seen[0], {
        url: read.url,
        rawHeaders: read.rawHeaders,
        body: read.body.toString('latin1'),
      });
    }),
    propertyRuns(2000),
  );
  assert.ok(compared > 100, `${compared} requests were compared`);
});
