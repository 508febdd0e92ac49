// Messages by way of any HTTP gateway: URL, headers and body by configuration, each call signed, and named so that the gateway
// can tell one that comes again.

import {
  createWebhookSigner,
  WEBHOOK_ID_HEADER,
  type WebhookSigner,
} from '../../codecs/webhook-signature.ts';
import { ChannelError } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContactKind, MessageChannel } from '../../ports/message-channel.ts';
import { createPlaces } from '../../ports/places.ts';
import { type OutgoingRequest, type Transport, TransportError } from '../../ports/transport.ts';
import { type BodyKind, compileBody, compileUrl } from './fill-template.ts';
import { type AnswerRules, judgeAnswer } from './judge-answer.ts';

export interface WebhookOptions {
  readonly name: string;
  readonly kinds: readonly ContactKind[];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly method: OutgoingRequest['method'];
  /** May hold placeholders in its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Template: {to} {number} {text} {subject} {id} {language}. Not used with GET. */
  readonly body: string;
  readonly bodyKind: BodyKind;
  /** undefined: the calls are not signed. */
  readonly secret: string | undefined;
  readonly answer: AnswerRules;
  /** Of one call, from the name's resolution to the end of the answer. */
  readonly timeoutMs: number;
  /** How long the channel counts as down after a call that found no connection. */
  readonly downMs: number;
}

const ANSWER_MAX_BYTES = 65_536;
const CONTENT_TYPES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
} as const;
const UNSIGNED: WebhookSigner = () => ({});

/** Throws Error when URL or body cannot be used as templates. */
export function createWebhook(options: WebhookOptions): MessageChannel {
  const { name, kinds, transport, clock, method, timeoutMs } = options;
  const fillUrl = compileUrl(options.url);
  const hasBody = method !== 'GET';
  const fillBody = hasBody ? compileBody(options.body, options.bodyKind) : () => '';
  const sign = options.secret === undefined ? UNSIGNED : createWebhookSigner(options.secret);
  const fixed = {
    'user-agent': 'Lineproof',
    ...(hasBody ? { 'content-type': CONTENT_TYPES[options.bodyKind] } : {}),
    ...Object.fromEntries(Object.entries(options.headers).map(([key, value]) => [key.toLowerCase(), value])),
  };
  const running = createPlaces<AbortController>();
  let downUntilMs = 0;
  let isClosed = false;

  return {
    name,
    kinds,
    async send(message, signal) {
      const nowMs = clock.nowMs();
      const leftMs = message.expiresMs - nowMs;
      if (isClosed) throw new ChannelError('closed', true);
      if (leftMs <= 0) throw new ChannelError('expired', false);
      const body = fillBody(message);
      const names = { [WEBHOOK_ID_HEADER]: message.id, 'idempotency-key': message.id };
      const request: OutgoingRequest = {
        ...{ method, url: fillUrl(message), body, answerMaxBytes: ANSWER_MAX_BYTES },
        headers: { ...fixed, ...names, ...sign(body, nowMs) },
        timeoutMs: Math.min(timeoutMs, leftMs),
      };
      const ending = new AbortController();
      const end = (): void => ending.abort();
      if (signal.aborted) end();
      signal.addEventListener('abort', end);
      const place = running.put(ending);
      try {
        const answer = await transport.request(request, 'operator', ending.signal);
        downUntilMs = 0;
        return judgeAnswer(answer, options.answer);
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        const { kind, reason } = error;
        if (kind === 'unreachable' && reason !== 'aborted') downUntilMs = clock.nowMs() + options.downMs;
        throw new ChannelError(reason, kind === 'unreachable', kind === 'timeout' || kind === 'broken');
      } finally {
        running.take(place);
        signal.removeEventListener('abort', end);
      }
    },
    isUp: () => !isClosed && clock.nowMs() >= downUntilMs,
    /** Connections that are kept are the transport's, and end with it. */
    async close() {
      isClosed = true;
      for (const ending of running.all()) ending.abort();
    },
  };
}
