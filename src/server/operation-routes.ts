// The routes beside the protocols: health, readiness, metrics, public keys, number ranges, and a page for who opens the
// address.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { NumberRange } from '../ports/source.ts';
import type { Metrics } from './metrics.ts';
import { addNumberRangesRoute } from './number-ranges-route.ts';

export interface OperationRoutes {
  readonly metrics: Metrics;
  readonly metricsToken: string | undefined;
  /** Why the server cannot answer calls; empty when it can. */
  unreadyReasons(): readonly string[];
  readonly publicKeys: { readonly rsaPkcs1Pem: string; readonly sm2SpkiPem: string };
  /** The table as it is now; the same array until it changes. */
  numberRanges(): readonly NumberRange[];
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
/** Headers by which a reverse proxy on the same machine shows itself. */
const OF_PROXIES = /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/;

const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Lineproof</title>
<h1>Lineproof is running</h1>
<p>This address answers signed calls of Tencent Cloud API 3.0: point an official SDK's endpoint here.
AceData's calls with a bearer token are below /identity.</p>
<ul><li><a href="/healthz">/healthz</a></li><li><a href="/readyz">/readyz</a></li><li><a href="/public-keys">/public-keys</a></li>
<li><a href="/number-ranges">/number-ranges</a></li></ul>
</html>
`;

export function addOperationRoutes(server: FastifyInstance, options: OperationRoutes): void {
  server.addHook('onSend', async (_request, reply) => {
    reply.header('X-Content-Type-Options', 'nosniff');
    reply.header('X-Frame-Options', 'DENY');
    reply.header('Cache-Control', 'no-store');
    reply.header('Referrer-Policy', 'no-referrer');
    reply.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not found' }));
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return reply.code(status).send({ error: status < 500 ? 'bad request' : 'internal error' });
  });

  server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  server.get('/healthz', () => ({ status: 'up' }));
  server.get('/readyz', (_request, reply) => {
    const reasons = options.unreadyReasons();
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });
  server.get('/public-keys', () => {
    const { rsaPkcs1Pem, sm2SpkiPem } = options.publicKeys;
    const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
    return {
      'AES-256-CBC': { pem: rsaPkcs1Pem, base64: base64(rsaPkcs1Pem) },
      'SM4-GCM': { pem: sm2SpkiPem, base64: base64(sm2SpkiPem) },
    };
  });
  addNumberRangesRoute(server, options.numberRanges);
  server.get('/metrics', async (request, reply) => {
    const refused = refusalOfMetrics(request, options.metricsToken);
    if (refused === 401) reply.header('WWW-Authenticate', 'Bearer');
    if (refused !== undefined)
      return reply.code(refused).send({ error: refused === 401 ? 'token needed' : 'forbidden' });
    const { contentType, text } = await options.metrics.render();
    return reply.type(contentType).send(text);
  });
}

/**
 * With a token, only its bearer may read; both sides are hashed first, so that lengths tell nothing. Without one, the
 * machine itself may: a loopback socket on which nothing says that it is the last step of a longer way.
 */
function refusalOfMetrics(request: FastifyRequest, token: string | undefined): 401 | 403 | undefined {
  if (token !== undefined) {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    const given = digest(request.headers.authorization ?? '');
    return timingSafeEqual(given, digest(`Bearer ${token}`)) ? undefined : 401;
  }
  const isLocal = LOOPBACK.test(request.socket.remoteAddress ?? '');
  return isLocal && !Object.keys(request.headers).some((name) => OF_PROXIES.test(name)) ? undefined : 403;
}
