// An answer may be given before its request was read to the end: it is too large, or its path is unknown. The connection is
// closed after it, and closing one with unread bytes resets it: the client would lose the answer.

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** How long a client may go on sending what nobody wants. */
const LINGER_MS = 10_000;

/** From now on the connection of this request is closed in two steps: no more is sent, and what still arrives is thrown away. */
export function lingerAtClose(request: IncomingMessage): void {
  const { socket } = request;
  const closeAtOnce: Socket['destroySoon'] = socket.destroySoon;
  // What Node's server calls after the last answer of a connection.
  socket.destroySoon = () => {
    socket.destroySoon = closeAtOnce;
    if (request.complete || socket.destroyed) {
      socket.destroySoon();
      return;
    }
    socket.end();
    const end = (): void => void socket.destroy();
    const timer = setTimeout(end, LINGER_MS);
    request.once('end', end);
    socket.once('close', () => clearTimeout(timer));
    request.resume();
  };
}

export function hasBody(rawHeaders: readonly string[]): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    // The length spares most comparisons.
    if (name.length === 14 && name.toLowerCase() === 'content-length') return rawHeaders[i + 1] !== '0';
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') return true;
  }
  return false;
}
