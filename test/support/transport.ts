// A transport to loopback for tests, on a clock of its own. Names resolve as the test says, and are unknown to the system's
// resolver, so that what arrives came over the checked address.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createTransport, type TransportOptions } from '../../src/outbound/create-transport.ts';
import type { ResolvedAddress } from '../../src/outbound/pin-target.ts';
import { type OutgoingRequest, TransportError } from '../../src/ports/transport.ts';
import { makeServerCertificate } from './certificate.ts';
import { createManualClock } from './manual-clock.ts';

export const certificate = makeServerCertificate(['hook.example']);
export const SIGNAL = new AbortController().signal;
const LOOPBACK: ResolvedAddress = { address: '127.0.0.1', family: 4 };

export function openTransport(t: TestContext, more: Partial<TransportOptions> = {}) {
  const clock = createManualClock();
  const transport = createTransport({
    ...{ clock, permittedNetworks: ['127.0.0.1/32'], ca: certificate.ca, connectionsMax: 4, idleMs: 4000 },
    ...{ resolve: async () => [LOOPBACK] },
    ...more,
  });
  t.after(() => transport.close());
  return { transport, clock };
}

export function post(url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { method: 'POST', url, headers: {}, body: 'hello', timeoutMs: 1000, answerMaxBytes: 1000, ...more };
}

export function failsWith(kind: TransportError['kind'], reason?: string): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof TransportError, String(error));
    assert.deepEqual([error.kind, error.reason], [kind, reason ?? error.reason]);
    assert.match(error.reason, /^[A-Za-z0-9_]+$/);
    return true;
  };
}

/** A TCP server that does with each connection what it is told. */
export async function listen(t: TestContext, onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export async function turns(): Promise<void> {
  for (let count = 0; count < 20; count += 1) await new Promise((resolve) => setImmediate(resolve));
}
