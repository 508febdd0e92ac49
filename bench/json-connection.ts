// One kept HTTP/1.1 connection, one request at a time, answers with a length: so little work that a bench measures the server.

import { connect } from 'node:net';

export interface JsonAnswer {
  readonly status: number;
  readonly body: string;
}

export interface JsonConnection {
  send(bytes: Buffer): Promise<JsonAnswer>;
  close(): void;
}

const HEADER_END = Buffer.from('\r\n\r\n');
const LENGTH = /content-length: *(\d+)/i;

/** A message of HTTP whose header has a Content-Length, and how many bytes it takes; undefined while it is not complete. */
export function readMessage(
  bytes: Buffer,
): { readonly head: string; readonly body: Buffer; readonly length: number } | undefined {
  const headerEnd = bytes.indexOf(HEADER_END);
  if (headerEnd === -1) return undefined;
  const head = bytes.toString('latin1', 0, headerEnd);
  const found = LENGTH.exec(head);
  if (found === null) throw new Error(`a message without a length: ${head.split('\r\n')[0]}`);
  const bodyAt = headerEnd + HEADER_END.length;
  const length = bodyAt + Number(found[1]);
  if (bytes.length < length) return undefined;
  return { head, body: bytes.subarray(bodyAt, length), length };
}

export async function openJsonConnection(port: number): Promise<JsonConnection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let held: Buffer = Buffer.alloc(0);
  let waiting: PromiseWithResolvers<JsonAnswer> | undefined;
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const message = readMessage(held);
    if (message === undefined) return;
    held = held.subarray(message.length);
    // "HTTP/1.1 200"
    waiting?.resolve({ status: Number(message.head.slice(9, 12)), body: message.body.toString() });
  });
  socket.on('error', () => {});
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')));
  return {
    send(bytes) {
      waiting = Promise.withResolvers<JsonAnswer>();
      socket.write(bytes);
      return waiting.promise;
    },
    close: () => void socket.destroy(),
  };
}
