// HTTP/1.1 on bare sockets, so that tests can send bytes that no library would send.

import { connect, type Socket } from 'node:net';

const DEADLINE_MS = 20_000;
const HEADER_END = Buffer.from('\r\n\r\n');

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface KeepAliveClient {
  /** One request at a time. Rejects when the connection dies first. */
  send(bytes: Buffer): Promise<Answer>;
  /** More bytes of the request that is being sent. */
  continue(bytes: Buffer): void;
  close(): void;
}

export async function openClient(port: number): Promise<KeepAliveClient> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let held: Buffer = Buffer.alloc(0);
  let waiting: PromiseWithResolvers<Answer> | undefined;
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const parsed = parseAnswer(held, false);
    if (parsed === undefined) return;
    held = held.subarray(parsed.bytes);
    waiting?.resolve(parsed.answer);
    waiting = undefined;
  });
  // An error event is always followed by close.
  socket.on('error', () => {});
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')));
  return {
    send(bytes) {
      waiting = Promise.withResolvers<Answer>();
      if (socket.destroyed) waiting.reject(new Error('the connection was closed'));
      else socket.write(bytes);
      return waiting.promise;
    },
    continue: (bytes) => void socket.write(bytes),
    close: () => void socket.destroy(),
  };
}

export type Exchange =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Closed without a complete answer; what came of it. */
  | { readonly kind: 'closed'; readonly received: Buffer }
  /** Neither answered nor closed in time. */
  | { readonly kind: 'silent' };

export interface ExchangeOptions {
  /** Says that nothing more will come: a request that is not complete must then be answered or dropped. */
  readonly halfClose?: boolean;
}

/** Sends bytes on a connection of their own and waits for what happens. */
export function exchange(port: number, bytes: Buffer, options: ExchangeOptions = {}): Promise<Exchange> {
  const isHead = bytes.subarray(0, 5).toString('latin1') === 'HEAD ';
  return new Promise((resolve) => {
    const socket: Socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    const received: Buffer[] = [];
    const settle = (result: Exchange): void => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(result);
    };
    const deadline = setTimeout(() => settle({ kind: 'silent' }), DEADLINE_MS);
    const judge = (ended: boolean): void => {
      const parsed = parseAnswer(Buffer.concat(received), ended, isHead);
      if (parsed !== undefined) settle({ kind: 'answer', answer: parsed.answer });
      else if (ended) settle({ kind: 'closed', received: Buffer.concat(received) });
    };
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      judge(false);
    });
    socket.on('end', () => judge(true));
    // A reset may overtake an answer that was read already.
    socket.on('error', () => judge(true));
    socket.on('close', () => judge(true));
    if (options.halfClose === true) socket.end(bytes);
    else socket.write(bytes);
  });
}

interface Parsed {
  readonly answer: Answer;
  readonly bytes: number;
}

/** The first complete answer in the bytes; without a length it ends with the connection. */
export function parseAnswer(bytes: Buffer, ended: boolean, bodiless = false): Parsed | undefined {
  const headerEnd = bytes.indexOf(HEADER_END);
  if (headerEnd === -1) return undefined;
  const [statusLine = '', ...headerLines] = bytes.subarray(0, headerEnd).toString('latin1').split('\r\n');
  const headers = new Map(
    headerLines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const status = Number(statusLine.split(' ')[1]);
  if (status === 100) {
    const rest = parseAnswer(bytes.subarray(headerEnd + 4), ended, bodiless);
    return rest && { answer: rest.answer, bytes: rest.bytes + headerEnd + 4 };
  }
  const bodyAt = headerEnd + HEADER_END.length;
  if (bodiless || status === 204 || status === 304)
    return { answer: { status, headers, body: Buffer.alloc(0) }, bytes: bodyAt };
  const length = headers.get('content-length');
  if (length === undefined && !ended) return undefined;
  const end = length === undefined ? bytes.length : bodyAt + Number(length);
  if (bytes.length < end) return undefined;
  return { answer: { status, headers, body: bytes.subarray(bodyAt, end) }, bytes: end };
}
