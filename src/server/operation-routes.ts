// The routes beside the protocols: health, readiness, metrics, public keys, number ranges, and the way to the console for
// who opens the address.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { NumberRange } from '../ports/source.ts';
import { CONSOLE_PATH } from './console-files.ts';
import type { Metrics } from './metrics.ts';
import { addNumberRangesRoute } from './number-ranges-route.ts';
import { USUAL_HEADERS } from './unroutable.ts';

export interface OperationRoutes {
  readonly metrics: Metrics;
  readonly metricsToken: string | undefined;
  /** Why the server cannot answer calls; empty when it can. */
  unreadyReasons(): readonly string[];
  publicKeys(): { readonly rsaPkcs1Pem: string; readonly sm2SpkiPem: string };
  /** The table as it is now; the same array until it changes. */
  numberRanges(): readonly NumberRange[];
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
/** Headers by which a reverse proxy on the same machine shows itself. */
const OF_PROXIES = /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/;

export function addOperationRoutes(server: FastifyInstance, options: OperationRoutes): void {
  server.addHook('onSend', async (_request, reply) => {
    // The console's files say more than this for themselves.
    for (const [name, value] of Object.entries(USUAL_HEADERS))
      if (!reply.hasHeader(name)) reply.header(name, value);
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not found' }));
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return reply.code(status).send({ error: status < 500 ? 'bad request' : 'internal error' });
  });

  // Only what asks for a page comes here: the protocol answers the rest.
  server.get('/', (_request, reply) => reply.redirect(CONSOLE_PATH, 302));
  server.get('/healthz', () => ({ status: 'up' }));
  server.get('/readyz', (_request, reply) => {
    const reasons = options.unreadyReasons();
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });
  server.get('/public-keys', () => {
    const { rsaPkcs1Pem, sm2SpkiPem } = options.publicKeys();
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
