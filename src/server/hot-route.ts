// The signed route on Node's own HTTP server: collects the raw body within a limit and writes the answer, with as little
// in between as possible. What the request means is the protocol's business.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteBudget } from './byte-budget.ts';
import type { ReadAddress } from './caller-address.ts';

export interface HotRequest {
  readonly method: string;
  readonly url: string;
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly receivedAtMs: number;
  /** Of the caller; asked by who needs it. */
  readonly address: () => string;
}

export interface HotAnswer {
  /** 200 unless given. */
  readonly status?: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Why a request was refused before it was read to its end. */
export type EarlyRefusal = 'body_too_large' | 'overloaded';

export interface HotRoute {
  matches(method: string, url: string, rawHeaders: readonly string[]): boolean;
  /** Never rejects: failures are answers. */
  answer(request: HotRequest): Promise<HotAnswer>;
  /** The answer to a request that is not read any further; the body is what had arrived. */
  refuse(request: HotRequest, reason: EarlyRefusal): HotAnswer;
  readonly bodyMaxBytes: number;
  nowMs(): number;
}

const NO_BODY = Buffer.alloc(0);

/** `budget` is for the bodies of all requests together. */
export function serveHot(
  route: HotRoute,
  budget: ByteBudget,
  readAddress: ReadAddress,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const receivedAtMs = route.nowMs();
  const chunks: Buffer[] = [];
  let length = 0;

  const hotRequest = (body: Buffer): HotRequest => ({
    method: request.method ?? '',
    url: request.url ?? '/',
    rawHeaders: request.rawHeaders,
    body,
    receivedAtMs,
    address: () => readAddress(request.socket, request.rawHeaders),
  });

  function onData(chunk: Buffer): void {
    if (length + chunk.length > route.bodyMaxBytes) stopReading('body_too_large');
    else if (!budget.take(chunk.length)) stopReading('overloaded');
    else {
      length += chunk.length;
      chunks.push(chunk);
    }
  }

  function stopReading(reason: EarlyRefusal): void {
    request.off('data', onData);
    request.off('end', onEnd);
    refuse(hotRequest(chunks[0] ?? NO_BODY), reason);
  }

  function onEnd(): void {
    const body =
      chunks.length === 1
        ? (chunks[0] ?? NO_BODY)
        : chunks.length === 0
          ? NO_BODY
          : Buffer.concat(chunks, length);
    route.answer(hotRequest(body)).then(
      (answer) => writeAnswer(response, answer),
      () => response.destroy(),
    );
  }

  function refuse(unread: HotRequest, reason: EarlyRefusal): void {
    const answer = route.refuse(unread, reason);
    response.shouldKeepAlive = false;
    writeAnswer(response, { ...answer, headers: [...answer.headers, 'Connection', 'close'] });
  }

  if (announcedBytes(request.rawHeaders) > route.bodyMaxBytes) {
    refuse(hotRequest(NO_BODY), 'body_too_large');
    return;
  }
  // A client that goes away in the middle gets no answer; nothing was started for it.
  request.on('error', () => chunks.splice(0));
  request.on('data', onData);
  request.on('end', onEnd);
  response.once('close', () => budget.give(length));
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

/** From the raw headers: making Node's header object costs more than everything else in this file. */
function announcedBytes(rawHeaders: readonly string[]): number {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(rawHeaders[i + 1]);
  }
  return 0;
}

function writeAnswer(response: ServerResponse, { status = 200, headers, body }: HotAnswer): void {
  if (response.destroyed || response.headersSent) return;
  // With its length known the answer needs no chunks.
  try {
    response.writeHead(status, [...headers, 'Content-Length', String(Buffer.byteLength(body))]);
    // Most answers are plain ASCII, which goes out as it is, without an encoder.
    response.end(body, isAscii(body) ? 'latin1' : 'utf8');
  } catch {
    // A header that cannot be sent must cost its own connection only, never the process.
    response.destroy();
  }
}
