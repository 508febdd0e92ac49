// One keep-alive connection with one request in flight, on a bare socket: the client must cost as little as it can,
// because it shares the machine with what it measures.

import { connect } from 'node:net';

const HEADER_END = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('ength: ');
// Without the first letter, which one protocol writes large and the other small.
const KNOWN = Buffer.from('esult":"0"');
const CONCLUDED = Buffer.from('esult":"');
const READ_BUFFER_BYTES = 16_384;

export type Verdict = 'known' | 'other' | 'failed';

export interface HttpConnection {
  send(bytes: Buffer): void;
  close(): void;
}

/** `onAnswer` is called once for each request; after 'failed' the connection may be dead. */
export function openConnection(
  port: number,
  onAnswer: (verdict: Verdict) => void,
  onLost: (error: Error) => void,
): Promise<HttpConnection> {
  return new Promise((resolve, reject) => {
    let partial: Buffer | undefined;
    let closing = false;
    const readBuffer = Buffer.alloc(READ_BUFFER_BYTES);
    const socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback(length) {
          const fresh = readBuffer.subarray(0, length);
          const bytes = partial === undefined ? fresh : Buffer.concat([partial, fresh]);
          const verdict = judge(bytes);
          partial = verdict === undefined ? Buffer.from(bytes) : undefined;
          if (verdict !== undefined) onAnswer(verdict);
          return true;
        },
      },
    });
    socket.once('connect', () =>
      resolve({
        send: (bytes) => void socket.write(bytes),
        close() {
          closing = true;
          socket.destroy();
        },
      }),
    );
    socket.on('error', (error) => {
      reject(error);
      if (!closing) onLost(error);
    });
    socket.on('close', () => {
      if (!closing) onLost(new Error('the server closed the connection'));
    });
  });
}

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const SPACE = 32;

/** Where the parts of the last answer were: the next one from the same server nearly always has them there too. */
let lastHeaderEnd = 0;
let lastLengthAt = 0;

function isHeaderEnd(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === CARRIAGE_RETURN &&
    bytes[at + 1] === LINE_FEED &&
    bytes[at + 2] === CARRIAGE_RETURN &&
    bytes[at + 3] === LINE_FEED
  );
}

/** What the answer says, or undefined while it is not complete. */
export function judge(bytes: Buffer): Verdict | undefined {
  const headerEnd = isHeaderEnd(bytes, lastHeaderEnd) ? lastHeaderEnd : bytes.indexOf(HEADER_END);
  if (headerEnd === -1) return undefined;
  const isSameLength =
    headerEnd === lastHeaderEnd && bytes[lastLengthAt - 1] === SPACE && bytes[lastLengthAt - 3] === LENGTH[4];
  const lengthAt = isSameLength ? lastLengthAt : bytes.indexOf(LENGTH) + LENGTH.length;
  if (lengthAt < LENGTH.length || lengthAt > headerEnd) return 'failed';
  lastHeaderEnd = headerEnd;
  lastLengthAt = lengthAt;
  let bodyLength = 0;
  for (let at = lengthAt; at < headerEnd; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    bodyLength = bodyLength * 10 + digit;
  }
  if (bytes.length < headerEnd + HEADER_END.length + bodyLength) return undefined;
  // "HTTP/1.1 200"
  if (bytes[9] !== 50 || bytes[10] !== 48 || bytes[11] !== 48) return 'failed';
  if (bytes.indexOf(KNOWN, headerEnd) !== -1) return 'known';
  return bytes.indexOf(CONCLUDED, headerEnd) === -1 ? 'failed' : 'other';
}
