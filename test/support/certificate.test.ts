import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { connect, createServer } from 'node:tls';
import { makeServerCertificate } from './certificate.ts';

test('a TLS client that trusts the authority accepts the certificate for its names and no other', async (t) => {
  const { ca, cert, key } = makeServerCertificate(['faceid.tencentcloudapi.com']);
  assert.ok(new X509Certificate(cert).verify(new X509Certificate(ca).publicKey));
  const server = createServer({ cert, key }, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const visit = (servername: string, trusted: string | undefined): Promise<unknown> => {
    const socket = connect({ host: '127.0.0.1', port, servername, ...(trusted && { ca: trusted }) });
    return once(socket, 'data').finally(() => socket.destroy());
  };
  assert.equal(String(await visit('faceid.tencentcloudapi.com', ca)), 'hello');
  await assert.rejects(visit('other.example', ca), /altnames/);
  await assert.rejects(visit('faceid.tencentcloudapi.com', undefined), /self-signed|unable to/);
});
