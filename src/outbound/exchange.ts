// One request and its answer over node:http or node:https: no redirects, an answer cut off at its size, and errors that tell
// whether the request may have left.

import type { Agent, IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { SecureContext } from 'node:tls';
import { type IncomingAnswer, type OutgoingRequest, TransportError } from '../ports/transport.ts';
import { reasonOf } from './reason-of.ts';
import type { Stop } from './stop.ts';

const { request: requestPlain } = process.getBuiltinModule('node:http');

/** Options of node:http, made once for a URL. */
export interface Route {
  readonly isSecure: boolean;
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly path: string;
    readonly agent: Agent | false;
    readonly lookup?: LookupFunction;
    readonly secureContext?: SecureContext;
    readonly rejectUnauthorized: true;
  };
}

/** Throws TransportError. */
export function exchange(route: Route, request: OutgoingRequest, stop: Stop): Promise<IncomingAnswer> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let mayHaveLeft = false;
    const { method, body } = request;
    const sized = body === '' && method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) };
    const open = route.isSecure ? requestSecure : requestPlain;
    const outgoing = open({ ...route.connection, method, headers: { ...request.headers, ...sized } });

    function fail(kind: TransportError['kind'], reason: string): void {
      if (isOver) return;
      isOver = true;
      reject(new TransportError(mayHaveLeft ? kind : 'unreachable', reason));
      outgoing.destroy();
    }

    function finish(answer: IncomingAnswer): void {
      isOver = true;
      resolve(answer);
    }

    outgoing.on('socket', (socket: Socket) => {
      const markLeft = (): void => {
        mayHaveLeft = true;
      };
      // A connection that was kept is ready at once; with TLS nothing leaves before the certificate is accepted.
      if (socket.connecting) socket.once(route.isSecure ? 'secureConnect' : 'connect', markLeft);
      else markLeft();
    });
    outgoing.on('error', (error) => fail('broken', reasonOf(error)));
    outgoing.on('upgrade', (_answer, socket) => {
      socket.destroy();
      fail('broken', 'upgrade');
    });
    outgoing.on('response', (answer) => {
      answer.on('error', (error) => fail('broken', reasonOf(error)));
      gather(answer, request.answerMaxBytes, finish);
    });
    stop.watch((reason) => fail(reason === 'timeout' ? 'timeout' : 'broken', reason));
    if (!isOver) outgoing.end(body);
  });
}

function gather(answer: IncomingMessage, maxBytes: number, finish: (answer: IncomingAnswer) => void): void {
  const status = answer.statusCode ?? 0;
  const parts: Buffer[] = [];
  let bytes = 0;
  answer.on('data', (part: Buffer) => {
    parts.push(part);
    bytes += part.length;
    if (bytes <= maxBytes) return;
    // Without the character that the cut went through.
    finish({ status, body: new StringDecoder('utf8').write(Buffer.concat(parts).subarray(0, maxBytes)) });
    answer.removeAllListeners('data');
    // What else would come is not read: the connection ends.
    answer.destroy();
  });
  answer.on('end', () => {
    const whole = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
    finish({ status, body: whole.toString('utf8') });
  });
}
