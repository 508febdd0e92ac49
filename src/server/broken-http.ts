// Answers to what is no proper HTTP. That lies below every protocol, so they are plain text, and the connection ends.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isUnhurried } from './streamed-body.ts';

interface HttpError extends Error {
  readonly code?: string;
  /** The parser's own words; they repeat nothing of the request. */
  readonly reason?: string;
}

/** Answers what Node's parser gave up on. */
export function createBrokenHttpAnswer(headersMaxBytes: number) {
  const explain = ({ code, reason }: HttpError): readonly [status: string, why: string] => {
    switch (code) {
      case 'HPE_HEADER_OVERFLOW':
        return [
          '431 Request Header Fields Too Large',
          `the head of the request is larger than ${headersMaxBytes} bytes`,
        ];
      case 'ERR_HTTP_REQUEST_TIMEOUT':
        return ['408 Request Timeout', 'the request did not arrive in time'];
      default:
        return ['400 Bad Request', `this is not valid HTTP: ${reason ?? 'it cannot be read'}`];
    }
  };
  return (error: HttpError, socket: Socket): void => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isUnhurried(socket)) return;
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    endWith(socket, ...explain(error));
  };
}

/** Node's server would close the connection without a word. It has let go of it: nobody else listens or closes. */
export function refuseConnect(_request: IncomingMessage, socket: Duplex): void {
  const end = (): void => void socket.destroy();
  socket.once('error', end).once('finish', end);
  endWith(socket, '400 Bad Request', 'this is no proxy: CONNECT is not served');
}

function endWith(socket: Duplex, status: string, why: string): void {
  const headers = closingHeaders(why).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('')}\r\n${why}\n`);
}

/**
 * Why the head of a request that Node's parser took is malformed all the same; undefined when it is not. Two readers
 * behind each other could each take another one of two hosts or credentials.
 */
export function findMalformedHead({ rawHeaders, httpVersion }: IncomingMessage): string | undefined {
  let hosts = 0;
  let authorizations = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    // The length spares most comparisons.
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
    else if (name.length === 13 && name.toLowerCase() === 'authorization') authorizations += 1;
  }
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) return 'a request must have one Host header';
  return authorizations > 1 ? 'a request must not have more than one Authorization header' : undefined;
}

export function refuseMalformedHead(response: ServerResponse, why: string): void {
  response.writeHead(400, closingHeaders(why).flat());
  response.end(`${why}\n`);
}

function closingHeaders(why: string): [name: string, value: string][] {
  return [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(why.length + 1)],
    ['Connection', 'close'],
  ];
}
