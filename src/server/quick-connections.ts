// Connections of signed calls, read without Node's HTTP server in between, which costs half as much again as the call
// itself. Only requests that arrive whole and plain are served here (read-request.ts); at anything else the connection
// goes to Node's server, with every byte that was not answered yet, and stays there.

import type { Socket } from 'node:net';
import { createAnswerWriter } from './answer-writer.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { ReadAddress } from './caller-address.ts';
import type { HotAnswer, HotRoute } from './hot-route.ts';
import { createRequestReader } from './read-request.ts';

export interface QuickOptions {
  readonly headersMaxBytes: number;
  /** How long a connection may stay without its first request. */
  readonly headersTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly hotRoute: HotRoute;
  readonly readAddress: ReadAddress;
  readonly budget: ByteBudget;
  /** Takes a connection over; what was read of it comes first. */
  readonly handOver: (socket: Socket) => void;
}

export interface QuickConnections {
  accept(socket: Socket): void;
  /** From now on every answer ends its connection, and idle ones are closed. */
  drain(): void;
  closeAll(): void;
}

interface Connection {
  readonly socket: Socket;
  activeMs: number;
  served: boolean;
  busy: boolean;
  /** Arrived while an answer was being made. */
  early: Buffer[];
  ended: boolean;
  readonly leave: () => void;
}

const SWEEP_EVERY_MS = 1000;

export function createQuickConnections(options: QuickOptions): QuickConnections {
  const { hotRoute, budget, handOver } = options;
  const reader = createRequestReader(options.headersMaxBytes);
  const writer = createAnswerWriter(options.keepAliveTimeoutMs);
  const connections = new Set<Connection>();
  let draining = false;
  let sweep: NodeJS.Timeout | undefined;

  function sweepIdle(): void {
    const nowMs = hotRoute.nowMs();
    for (const { socket, busy, served, activeMs } of connections) {
      const allowedMs = served ? options.keepAliveTimeoutMs : options.headersTimeoutMs;
      if (!busy && (draining || nowMs - activeMs > allowedMs)) socket.destroy();
    }
  }

  function accept(socket: Socket): void {
    const connection: Connection = {
      socket,
      activeMs: hotRoute.nowMs(),
      served: false,
      busy: false,
      early: [],
      ended: false,
      leave,
    };
    const onData = (bytes: Buffer): void => take(connection, bytes);
    const onEnd = (): void => {
      connection.ended = true;
      if (!connection.busy) socket.end();
    };
    const onClose = (): void => void connections.delete(connection);
    const onError = (): void => void socket.destroy();
    function leave(): void {
      connections.delete(connection);
      socket.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onError);
    }
    socket.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onError);
    connections.add(connection);
    sweep ??= setInterval(sweepIdle, SWEEP_EVERY_MS).unref();
  }

  function take(connection: Connection, bytes: Buffer): void {
    if (connection.busy) {
      // Who sends more before the answer is no plain caller: Node's server reads on when the answer is out.
      connection.early.push(bytes);
      connection.socket.pause();
      return;
    }
    const request = draining ? undefined : reader.read(bytes);
    if (
      request === undefined ||
      request.body.length > hotRoute.bodyMaxBytes ||
      !hotRoute.matches('POST', request.url, request.rawHeaders) ||
      !budget.take(request.body.length)
    ) {
      give(connection, [bytes]);
      return;
    }
    connection.busy = true;
    connection.served = true;
    const { url, rawHeaders, body } = request;
    const address = (): string => options.readAddress(connection.socket, rawHeaders);
    const receivedAtMs = hotRoute.nowMs();
    hotRoute.answer({ method: 'POST', url, rawHeaders, body, receivedAtMs, address }).then(
      (answer) => {
        budget.give(body.length);
        reply(connection, answer);
      },
      () => {
        budget.give(body.length);
        connection.socket.destroy();
      },
    );
  }

  /** To Node's server, with what was read. */
  function give({ socket, leave }: Connection, chunks: Buffer[]): void {
    leave();
    socket.pause();
    for (const chunk of chunks.reverse()) socket.unshift(chunk);
    handOver(socket);
    socket.resume();
  }

  function reply(connection: Connection, answer: HotAnswer): void {
    const { socket, early } = connection;
    if (socket.destroyed) return;
    connection.busy = false;
    connection.activeMs = hotRoute.nowMs();
    const closes = draining || connection.ended;
    const sent = writer.write(socket, answer, closes, connection.activeMs);
    if (closes) {
      socket.end();
      return;
    }
    if (early.length > 0) {
      connection.early = [];
      give(connection, early);
    } else if (!sent) {
      // Who does not read answers sends no more questions.
      socket.pause();
      socket.once('drain', () => socket.resume());
    }
  }

  return {
    accept,
    drain() {
      draining = true;
      sweepIdle();
    },
    closeAll() {
      clearInterval(sweep);
      for (const { socket } of connections) socket.destroy();
    },
  };
}
