// The webhook that messages are carried to: reads the code off each and hands it to whoever waits for that number.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { readMessage } from './json-connection.ts';

export interface CodeSink {
  readonly port: number;
  /** Resolves with the code of the next message to that number. */
  expect(to: string): Promise<string>;
  /** Messages that nobody waited for. */
  strangers(): number;
  close(): void;
}

const CODE = /\d{6}/;
const TAKEN = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}');

export async function startCodeSink(): Promise<CodeSink> {
  const waiting = new Map<string, (code: string) => void>();
  const sockets = new Set<Socket>();
  let strangers = 0;

  function take(body: Buffer): void {
    const { to, text } = JSON.parse(body.toString()) as { to: string; text: string };
    const resolve = waiting.get(to);
    waiting.delete(to);
    if (resolve === undefined) strangers += 1;
    else resolve(CODE.exec(text)?.[0] ?? '');
  }

  const server = createServer({ noDelay: true }, (socket) => {
    let held: Buffer = Buffer.alloc(0);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (let message = readMessage(held); message !== undefined; message = readMessage(held)) {
        held = held.subarray(message.length);
        socket.write(TAKEN);
        take(message.body);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    expect: (to) => new Promise((resolve) => waiting.set(to, resolve)),
    strangers: () => strangers,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
