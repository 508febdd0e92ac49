// Bodies that a row reads as they come. They take as long as they need while something comes of them: the server's deadline
// for a whole request, which keeps slow senders from holding connections, is not for those who were let in to send a file.

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { StreamedBody } from '../management/route.ts';

/** Whose request is measured by what comes of it. */
const unhurried = new WeakSet<Socket>();

export function isUnhurried(socket: Socket): boolean {
  return unhurried.has(socket);
}

/** For a sender that may send: the connection ends when nothing comes for `stalledMs`. */
export function openStreamedBody(request: IncomingMessage, stalledMs: number): StreamedBody {
  unhurried.add(request.socket);
  request.setTimeout(stalledMs, () => request.destroy());
  const length = request.headers['content-length'];
  return {
    // Who stops reading still wants to answer.
    chunks: request.iterator({ destroyOnReturn: false }),
    declaredBytes: length === undefined ? undefined : Number(length),
  };
}

/** What is left of it is thrown away, so that the sender gets to read the answer; but not for ever. */
export function leaveStreamedBody(request: IncomingMessage, stalledMs: number): void {
  unhurried.delete(request.socket);
  if (request.complete || request.destroyed) return;
  const late = setTimeout(() => request.destroy(), stalledMs).unref();
  request.once('close', () => clearTimeout(late));
  request.resume();
}
