// The way out over HTTP (ports/transport.ts). What the operator configured goes through kept connections, a bounded number to
// each origin; what accounts chose is judged first, each time, over a connection of its own.

import { lookup } from 'node:dns/promises';
import { Agent as SecureAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { Clock } from '../ports/clock.ts';
import { createDeadlines } from '../ports/deadlines.ts';
import { createPlaces } from '../ports/places.ts';
import { type OutgoingRequest, type Transport, TransportError } from '../ports/transport.ts';
import { exchange, type Route } from './exchange.ts';
import { pinTarget, type Resolve, type ResolvedAddress } from './pin-target.ts';
import { readUrl } from './read-url.ts';
import { createAddressJudge } from './special-ranges.ts';
import { createStop, type Stop } from './stop.ts';

const { Agent } = process.getBuiltinModule('node:http');

export interface TransportOptions {
  readonly clock: Clock;
  /** Addresses and CIDR blocks that accounts' URLs may reach although they are not public. */
  readonly permittedNetworks: readonly string[];
  /** PEM of authorities that are trusted besides the built-in ones. */
  readonly ca?: string | undefined;
  /** Connections to one origin, of the operator's; more requests wait. */
  readonly connectionsMax: number;
  /** How long a connection is kept unused: shorter than receivers keep it, who may close it while a request is on its way. */
  readonly idleMs: number;
  /** Of names in accounts' URLs; the system's resolver by default. */
  readonly resolve?: Resolve;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** The transport's own: with another value the request would be read as something else. */
const OWN_HEADERS = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
]);
const ROUTES_MAX = 256;

/** Throws Error for a permitted network that is none. */
export function createTransport(options: TransportOptions): Transport {
  const { clock, connectionsMax, idleMs } = options;
  const judge = createAddressJudge(options.permittedNetworks);
  const resolve = options.resolve ?? resolveBySystem;
  const ca = options.ca === undefined ? undefined : [...rootCertificates, options.ca];
  // One for all: reading the authorities takes milliseconds.
  const trust = ca === undefined ? {} : { secureContext: createSecureContext({ ca }) };
  const kept = {
    keepAlive: true,
    maxSockets: connectionsMax,
    maxFreeSockets: connectionsMax,
    timeout: idleMs,
  };
  const plainAgent = new Agent(kept);
  const secureAgent = new SecureAgent(kept);
  const routes = new Map<string, Route>();
  const running = createPlaces<Stop>();
  const deadlines = createDeadlines(clock);
  let isClosed = false;

  function routeOf(url: string): Route {
    const known = routes.get(url);
    if (known !== undefined) return known;
    const { isSecure, host, port, path } = readUrl(url);
    const agent = isSecure ? secureAgent : plainAgent;
    const route: Route = {
      isSecure,
      connection: { host, port, path, agent, rejectUnauthorized: true, ...trust },
    };
    if (routes.size >= ROUTES_MAX) routes.clear();
    routes.set(url, route);
    return route;
  }

  async function pinnedRouteOf(url: string, stop: Stop): Promise<Route> {
    const target = readUrl(url);
    const { isSecure, host, port, path } = target;
    if (!isSecure && options.permittedNetworks.length === 0) throw new TransportError('refused', 'not_https');
    const pinned = lookUpIn(await pinTarget(target, judge, resolve, stop));
    return {
      isSecure,
      connection: { host, port, path, agent: false, lookup: pinned, rejectUnauthorized: true, ...trust },
    };
  }

  return {
    async request(request, reach, signal) {
      if (isClosed) throw new TransportError('unreachable', 'closed');
      refuseHeaders(request);
      const stop = createStop(deadlines, request.timeoutMs, signal);
      const place = running.put(stop);
      try {
        const route = reach === 'operator' ? routeOf(request.url) : await pinnedRouteOf(request.url, stop);
        return await exchange(route, request, stop);
      } finally {
        running.take(place);
        stop.release();
      }
    },
    close() {
      isClosed = true;
      for (const stop of running.all()) stop.stop('closed');
      deadlines.close();
      plainAgent.destroy();
      secureAgent.destroy();
    },
  };
}

function refuseHeaders({ headers }: OutgoingRequest): void {
  for (const name in headers) {
    if (
      !HEADER_NAME.test(name) ||
      !HEADER_VALUE.test(headers[name] ?? '') ||
      OWN_HEADERS.has(name.toLowerCase())
    )
      throw new TransportError('refused', 'bad_header');
  }
}

/** Answers a connection's look-up with what was checked before, whatever it asks for. */
function lookUpIn(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_name, { all }, done) => {
    const [first = { address: '', family: 0 }] = addresses;
    process.nextTick(() => {
      if (all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
}

/** getaddrinfo, as everything else on the machine resolves names; libuv runs few at once. */
const resolveBySystem: Resolve = (name) => lookup(name, { all: true });
