// A rendered body as an answer of HTTP: 200 whatever it says, one content type, the caller's trace id back.

import { traceIdOf } from './request.ts';

/** Every answer has exactly this type: SDKs compare it as text. */
export const CONTENT_TYPE = 'application/json';

const PLAIN_HEADERS = ['Content-Type', CONTENT_TYPE];

export interface TencentAnswer {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
}

export function toAnswer(body: string, rawHeaders: readonly string[]): TencentAnswer {
  const traceId = traceIdOf(rawHeaders);
  return {
    headers: traceId === undefined ? PLAIN_HEADERS : [...PLAIN_HEADERS, 'X-TC-TraceId', traceId],
    body,
  };
}
