// The only inbound socket. The signed route stays on Node's own server; everything else goes to Fastify.

import type { RequestListener, Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  createBrokenHttpAnswer,
  findMalformedHead,
  refuseConnect,
  refuseMalformedHead,
} from './broken-http.ts';
import { type ByteBudget, createByteBudget } from './byte-budget.ts';
import type { ReadAddress } from './caller-address.ts';
import { type HotRoute, serveHot } from './hot-route.ts';
import { lingerAtClose } from './linger.ts';
import { ONE_SLASH } from './one-slash.ts';
import { createQuickConnections, type QuickConnections } from './quick-connections.ts';
import { UNROUTABLE } from './unroutable.ts';

const http = process.getBuiltinModule('node:http');

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** PEM texts; undefined = plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly headersMaxBytes: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly maxConnections: number;
  /** Of all requests together. */
  readonly bodiesMaxBytes: number;
  readonly hotRoute: HotRoute;
  readonly readAddress: ReadAddress;
}

function refuseSchema(): never {
  throw new Error('no route has a schema of the framework');
}

export interface WebServer {
  /** Where further routes are added before `listen`. */
  readonly routes: FastifyInstance;
  /** Resolves with the URL that is really served. */
  listen(): Promise<string>;
  /** Stops accepting; resolves when every request in flight is answered or the grace is over. */
  stop(graceMs: number): Promise<void>;
}

export function createWebServer(options: ListenOptions): WebServer {
  let server: Server | undefined;
  let quick: QuickConnections | undefined;
  let stopping = false;
  const budget = createByteBudget(options.bodiesMaxBytes);
  const routes = Fastify({
    ...UNROUTABLE,
    ...ONE_SLASH,
    logger: false,
    bodyLimit: 65_536,
    // Our own stop() decides what happens to requests that arrive meanwhile.
    return503OnClosing: false,
    // Calls are checked by schemas of our own: the framework's compilers would be loaded at each start and never used.
    schemaController: { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } },
    // Ours says what is wrong, and lets those be who may take their time.
    clientErrorHandler: createBrokenHttpAnswer(options.headersMaxBytes),
    serverFactory: (handler) => {
      server = createServer(options, (request, response) => {
        lingerAtClose(request);
        const malformed = findMalformedHead(request);
        if (malformed !== undefined) {
          refuseMalformedHead(response, malformed);
          return;
        }
        if (stopping) response.setHeader('Connection', 'close');
        const { hotRoute, readAddress } = options;
        if (hotRoute.matches(request.method ?? '', request.url ?? '/', request.rawHeaders))
          serveHot(hotRoute, budget, readAddress, request, response);
        else handler(request, response);
      });
      quick = putInFront(server, options, budget);
      return server;
    },
  });

  return {
    routes,
    async listen() {
      await routes.ready();
      const listening = server;
      if (listening === undefined) throw new Error('the server was not made');
      await new Promise<void>((resolve, reject) => {
        listening.once('error', reject);
        listening.listen(options.port, options.host, resolve);
      });
      const { address, family, port } = listening.address() as AddressInfo;
      const host = family === 'IPv6' ? `[${address}]` : address;
      return `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`;
    },
    async stop(graceMs) {
      const listening = server;
      if (listening === undefined || !listening.listening) return;
      stopping = true;
      const closed = new Promise((resolve) => listening.close(resolve));
      quick?.drain();
      listening.closeIdleConnections();
      const idle = setInterval(() => listening.closeIdleConnections(), 50);
      const timer = setTimeout(() => {
        quick?.closeAll();
        listening.closeAllConnections();
      }, graceMs);
      await closed;
      clearInterval(idle);
      clearTimeout(timer);
      await routes.close();
    },
  };
}

function createServer(options: ListenOptions, listener: RequestListener): Server {
  const limits = {
    maxHeaderSize: options.headersMaxBytes,
    headersTimeout: options.headersTimeoutMs,
    requestTimeout: options.requestTimeoutMs,
    keepAliveTimeout: options.keepAliveTimeoutMs,
    connectionsCheckingInterval: 1000,
    noDelay: true,
    // Ours says what is wrong, and counts them (broken-http.ts).
    requireHostHeader: false,
  };
  const server =
    options.tls === undefined
      ? http.createServer(limits, listener)
      : createTlsServer({ ...limits, ...options.tls, minVersion: 'TLSv1.2' }, listener);
  server.maxConnections = options.maxConnections;
  server.on('connect', refuseConnect);
  // A client may close its sending side when its request is out, and still wants the answer.
  Object.assign(server, { httpAllowHalfOpen: true });
  return server;
}

function createTlsServer(options: https.ServerOptions, listener: RequestListener): Server {
  try {
    return https.createServer(options, listener);
  } catch (error) {
    throw new Error(
      `the TLS certificate or key cannot be used (${reasonOf(error)}): both are PEM, and belong together`,
    );
  }
}

/** OpenSSL's own words, without the place in its code that its messages begin with. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'reason' in error ? String(error.reason) : error.message;
}

/** Connections come to the quick reader first; Node's own listener gets those that it hands over. */
function putInFront(server: Server, options: ListenOptions, budget: ByteBudget): QuickConnections {
  const event = options.tls === undefined ? 'connection' : 'secureConnection';
  const listeners = server.listeners(event);
  const handOver = (socket: Socket): void => {
    for (const listener of listeners) listener.call(server, socket);
  };
  const quick = createQuickConnections({ ...options, budget, handOver });
  server.removeAllListeners(event);
  server.on(event, (socket: Socket) => quick.accept(socket));
  return quick;
}
