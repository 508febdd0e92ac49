// An answer may be given before its request was read to the end: it is too large, or its path is unknown. The connection is
// closed after it, and closing one with unread bytes resets it: the client would lose the answer.

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** How long a client may go on sending what nobody wants. */
const LINGER_MS = 10_000;

/** The newest request of each connection that is open. */
const newest = new WeakMap<Socket, IncomingMessage>();

/**
 * The connection of this request will be closed in two steps where it is not read to its end: no more is sent, and what still
 * arrives is thrown away. To be called with every request, since the one before is let go then.
 */
export function lingerAtClose(request: IncomingMessage): void {
  const { socket } = request;
  const isKnown = newest.has(socket);
  newest.set(socket, request);
  if (isKnown) return;
  const closeAtOnce: Socket['destroySoon'] = socket.destroySoon;
  // What Node's server calls after the last answer of a connection.
  socket.destroySoon = () => {
    socket.destroySoon = closeAtOnce;
    const last = newest.get(socket);
    if (last === undefined || last.complete || socket.destroyed) socket.destroySoon();
    else throwAwayRest(socket, last);
  };
}

function throwAwayRest(socket: Socket, request: IncomingMessage): void {
  socket.end();
  const end = (): void => void socket.destroy();
  const timer = setTimeout(end, LINGER_MS);
  request.once('end', end);
  socket.once('close', () => clearTimeout(timer));
  request.resume();
}
