// Addresses that the framework's router cannot read, such as /%FF. It says so before any hook, in words of its own that
// repeat the address; here it is said as everything else is refused.

import type { FastifyReply, FastifyRequest } from 'fastify';

export type RefuseUnroutable = (reply: FastifyReply) => FastifyReply;

export const USUAL_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** What a server is decorated with whose management calls refuse in their own envelope. */
export const REFUSAL = 'refuseUnroutable';
const OF_MANAGEMENT = /^(?:https?:\/\/[^/?#]*)?\/api\/v1(?:[/?#]|$)/;

/** Options of the framework. */
export const UNROUTABLE = {
  // Longer than a head may be: how long a parameter is, is judged by the call that has it.
  routerOptions: { maxParamLength: 2 ** 30 },
  frameworkErrors(_error: Error, { raw, server }: FastifyRequest, reply: FastifyReply): void {
    reply.headers(USUAL_HEADERS);
    if (OF_MANAGEMENT.test(raw.url ?? '') && server.hasDecorator(REFUSAL))
      server.getDecorator<RefuseUnroutable>(REFUSAL)(reply);
    else reply.code(400).send({ error: 'bad request' });
  },
} as const;
