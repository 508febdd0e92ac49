// The management calls below /api/v1, mounted from their table: limits, input, visitor, protection of sessions, answer and
// errors are the same for every row.

import { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { createInputReader } from '../management/read-input.ts';
import {
  type ManagementAnswer,
  ManagementError,
  type RawBody,
  type RouteDefinition,
  type Visitor,
} from '../management/route.ts';
import type { Account } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Caller, ReadCaller } from './caller-address.ts';
import { isChanging, isShownByCookie, refuseForged, refuseUnsafe } from './forged-request.ts';
import { readIdempotencyKey } from './idempotency-header.ts';
import { headersOf, JSON_TYPE, renderManagementError, toManagementError } from './management-errors.ts';
import { createVisitorFinder, readBearer, type VisitorSources } from './management-visitor.ts';
import { maySignIn, readSessionCookie, writeSessionCookie } from './session-cookie.ts';
import { leaveStreamedBody, openStreamedBody } from './streamed-body.ts';
import { REFUSAL, type RefuseUnroutable } from './unroutable.ts';

export const MANAGEMENT_PREFIX = '/api/v1';

/** What became of one call, for metrics and the log. */
export interface ManagementRecord {
  readonly requestId: string;
  readonly receivedAtMs: number;
  /** undefined where no row was meant. */
  readonly route: RouteDefinition | undefined;
  readonly account: Account | undefined;
  /** What failed; undefined on success. */
  readonly error: unknown;
  readonly result: string;
}

export interface ManagementOptions {
  readonly routes: readonly RouteDefinition[];
  readonly sources: VisitorSources;
  readonly readCaller: ReadCaller;
  readonly clock: Clock;
  readonly random: Random;
  readonly bodyMaxBytes: number;
  readonly queryMaxLength: number;
  /** Calls that are being answered at once. */
  readonly callsMax: number;
  /** How long a reader of a stream may take nothing. */
  readonly stalledMs: number;
  /** Each leaves rows behind for good, in the audit log at least. Throws when somebody makes too many. */
  countChange(caller: string, accountId: string): void;
  record(record: ManagementRecord): void;
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS'] as const;
const NO_BODY = Buffer.alloc(0);

export function addManagementRoutes(server: FastifyInstance, options: ManagementOptions): void {
  const answerer = createAnswerer(options);
  const refuseUnroutable: RefuseUnroutable = (reply) =>
    answerer.refuse(reply, undefined, new ManagementError('bad_request'));
  server.decorate(REFUSAL, refuseUnroutable);
  server.register(
    (scope, _options, done) => {
      mount(scope, options, answerer);
      done();
    },
    { prefix: MANAGEMENT_PREFIX },
  );
}

function mount(scope: FastifyInstance, options: ManagementOptions, answerer: Answerer): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: options.bodyMaxBytes },
    (_request, body, parsed) => parsed(null, body),
  );
  limitCalls(scope, options, answerer);
  scope.setNotFoundHandler((_request, reply) =>
    answerer.refuse(reply, undefined, new ManagementError('not_found')),
  );
  scope.setErrorHandler((error: FastifyError, _request, reply) => answerer.refuse(reply, undefined, error));
  const byPath = Map.groupBy(options.routes, ({ path }) => path);
  for (const [path, rows] of byPath) {
    for (const row of rows) if (row.streamed === undefined) addRow(scope, row, options, answerer);
    refuseOtherMethods(scope, path, rows, answerer);
  }
  scope.register((streams, _options, done) => {
    // The row itself reads what comes.
    streams.removeAllContentTypeParsers();
    streams.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    for (const row of options.routes) if (row.streamed !== undefined) addRow(streams, row, options, answerer);
    done();
  });
}

function addRow(
  scope: FastifyInstance,
  row: RouteDefinition,
  { bodyMaxBytes }: ManagementOptions,
  answerer: Answerer,
): void {
  const answer = answerer.answerOf(row);
  const isStreamed = row.answer !== undefined && 'mediaType' in row.answer;
  scope.route({
    method: row.method === 'GET' && !isStreamed ? ['GET', 'HEAD'] : row.method,
    url: row.path,
    exposeHeadRoute: false,
    bodyLimit: row.bodyMaxBytes ?? bodyMaxBytes,
    // What fails before the row runs still answers in its envelope.
    errorHandler: (error, _request, reply) => answerer.refuse(reply, row, error),
    handler: (request, reply) => answer(request, reply),
  });
}

function refuseOtherMethods(
  scope: FastifyInstance,
  url: string,
  rows: readonly RouteDefinition[],
  answerer: Answerer,
): void {
  const allowed = new Set<string>(rows.map(({ method }) => method));
  const isStreamed = rows.some(({ answer }) => answer !== undefined && 'mediaType' in answer);
  if (allowed.has('GET') && !isStreamed) allowed.add('HEAD');
  const others = METHODS.filter((method) => !allowed.has(method)) as HTTPMethods[];
  const [row] = rows;
  scope.route({
    method: others,
    url,
    exposeHeadRoute: false,
    handler: (_request, reply) => {
      reply.header('Allow', [...allowed].sort().join(', '));
      return answerer.refuse(reply, row, new ManagementError('method_not_allowed'));
    },
  });
}

/** Whoever opens many connections gets no more memory than this many bodies. */
function limitCalls(scope: FastifyInstance, { callsMax }: ManagementOptions, answerer: Answerer): void {
  let running = 0;
  scope.addHook('onRequest', (_request, reply, next) => {
    if (running >= callsMax) {
      reply.header('Connection', 'close');
      answerer.refuse(reply, undefined, new ManagementError('unavailable', '', 1));
      return;
    }
    running += 1;
    reply.raw.once('close', () => {
      running -= 1;
    });
    next();
  });
}

type Answerer = ReturnType<typeof createAnswerer>;

function createAnswerer(options: ManagementOptions) {
  const { clock, random, readCaller, record } = options;
  const findVisitor = createVisitorFinder(options.sources);

  function refuse(
    reply: FastifyReply,
    row: RouteDefinition | undefined,
    thrown: unknown,
    known: { requestId: string; receivedAtMs: number; account?: Account | undefined } = begin(),
  ): FastifyReply {
    const error = toManagementError(thrown);
    const { status, headers, body } = renderManagementError(error, row?.shape ?? 'own', known.requestId);
    record({ account: undefined, ...known, route: row, error: thrown, result: error.code });
    return sendJson(reply.code(status).headers(headers), body);
  }

  function begin() {
    return { requestId: random.uuid(), receivedAtMs: clock.nowMs() };
  }

  function answerOf(row: RouteDefinition) {
    // With its first call: a start does not wait for the schemas of all.
    let readInput: ReturnType<typeof createInputReader> | undefined;
    return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const begun = begin();
      let account: Account | undefined;
      try {
        const caller = readCaller(request.raw);
        const session = readSessionCookie(request.headers.cookie, caller);
        refuseUnsafe(row, request, caller);
        const visitor = await visitorOf(row, request, session);
        account = 'account' in visitor ? visitor.account : undefined;
        if (isShownByCookie(visitor)) refuseForged(row, request, caller);
        readInput ??= createInputReader(row);
        const input = readInput({
          parameters: request.params as Record<string, string>,
          query: queryOf(request, options.queryMaxLength),
          body: Buffer.isBuffer(request.body) ? request.body : NO_BODY,
          contentType: request.headers['content-type'] ?? '',
        });
        if (account !== undefined && isChanging(row.method) && row.metered !== true)
          options.countChange(caller.address, account.accountId);
        const idempotencyKey =
          row.idempotent === true ? readIdempotencyKey(request.headers['idempotency-key']) : undefined;
        const raw = row.raw === true ? rawOf(request) : undefined;
        const stream =
          row.streamed === undefined ? undefined : openStreamedBody(request.raw, options.stalledMs);
        const from = { visitor, session, address: caller.address, idempotencyKey, raw, stream };
        const answer = await row.run({ ...begun, ...input, ...from });
        if (answer.session !== undefined) setSession(reply, answer.session, caller);
        const { result = 'ok' } = answer;
        record({ ...begun, route: row, account, error: undefined, result });
        return send(reply, row, answer, options.stalledMs);
      } catch (error) {
        return refuse(reply, row, error, { ...begun, account });
      } finally {
        if (row.streamed !== undefined) leaveStreamedBody(request.raw, options.stalledMs);
      }
    };
  }

  async function visitorOf(
    row: RouteDefinition,
    request: FastifyRequest,
    session: string | undefined,
  ): Promise<Visitor> {
    const bearer = readBearer(request.headers.authorization);
    const found = await findVisitor({ bearer, session }, row.access);
    if (found === 'unknown') throw new ManagementError('not_signed_in');
    if (found === 'unwelcome') throw new ManagementError('forbidden');
    return found;
  }

  return { refuse, answerOf };
}

function rawOf({ body, headers }: FastifyRequest): RawBody {
  return {
    body: Buffer.isBuffer(body) ? body : NO_BODY,
    header(name) {
      const value = headers[name];
      return typeof value === 'string' ? value : undefined;
    },
  };
}

function queryOf({ raw }: FastifyRequest, maxLength: number): string {
  const [, query = ''] = (raw.url ?? '').split(/\?(.*)/s);
  if (query.length > maxLength) throw new ManagementError('bad_request', 'The query is too long.');
  return query;
}

function setSession(
  reply: FastifyReply,
  { value, maxAgeSeconds }: NonNullable<ManagementAnswer['session']>,
  caller: Caller,
): void {
  if (!maySignIn(caller)) throw new ManagementError('forbidden');
  reply.header('Set-Cookie', writeSessionCookie(value, maxAgeSeconds, caller));
}

function send(
  reply: FastifyReply,
  { success, answer: declared }: RouteDefinition,
  answer: ManagementAnswer,
  stalledMs: number,
): FastifyReply {
  const { status = success, body, stream, fileName } = answer;
  reply.code(status).headers(headersOf(answer));
  if (stream !== undefined && declared !== undefined && 'mediaType' in declared) {
    if (fileName !== undefined) reply.header('Content-Disposition', `attachment; filename="${fileName}"`);
    reply.raw.setTimeout(stalledMs, () => reply.raw.destroy());
    // A small buffer: pieces are made as the reader takes them, and none after he has gone.
    return reply.type(String(declared.mediaType)).send(Readable.from(stream, { highWaterMark: 1 }));
  }
  return body === undefined ? reply.send() : sendJson(reply, JSON.stringify(body));
}

function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .headers(JSON_TYPE)
    .serializer((written: unknown) => String(written))
    .send(text);
}
