// /openapi.json: the management calls and the calls of the protocols with paths of their own, as OpenAPI 3.1. Everything is
// read off tables; schemas are TypeBox values, which are JSON Schema.

import type { TObject, TSchema } from 'typebox';
import type { ActionDefinition } from '../core/action.ts';
import { IDEMPOTENCY_KEY_PATTERN } from '../domain/idempotency-key.ts';
import { type Access, MANAGEMENT_ERRORS, type ManagementErrorCode, type RouteDefinition } from './route.ts';
import { errorsOf } from './route-errors.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A call of a protocol that is one path of its own. */
export interface WireOperation {
  /** 'check-1e'. */
  readonly name: string;
  readonly path: string;
  readonly action: ActionDefinition;
  /** Wire name -> our name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Schemas of members beside the action's own fields, or instead of one, by wire name. */
  readonly members: Readonly<Record<string, Json>>;
  readonly answer: Json;
  /** Code and HTTP status of what can go wrong. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface OpenApiOptions {
  readonly version: string;
  readonly routes: readonly RouteDefinition[];
  readonly operations: readonly WireOperation[];
  /** How the operations say that they failed. */
  readonly operationError: Json;
  readonly sessionCookies: { readonly plain: string; readonly tls: string };
}

const PREFIX = '/api/v1';
const OWN_ERROR = 'Error';
const ACEDATA_ERROR = 'PlatformError';
const OPERATION_ERROR = 'IdentityError';
const COOKIE_RULES = 'Changes need Origin or Sec-Fetch-Site, and JSON.';
const SCHEMES = {
  'platform-token': { type: 'http', scheme: 'bearer', description: 'platform-v1-...' },
  credential: { type: 'http', scheme: 'bearer', description: 'The token of a credential.' },
  operator: { type: 'http', scheme: 'bearer', description: 'Made with: lineproof operator token create' },
} as const;

const GRANT_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Given again with the same body it grants nothing more; with another one it is refused.',
  schema: { type: 'string', pattern: IDEMPOTENCY_KEY_PATTERN },
};
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Once charged, the same request under the same key gets the same answer free of charge for a day.',
  schema: { type: 'string', pattern: IDEMPOTENCY_KEY_PATTERN },
};

const IDEMPOTENCY_REPLAYED = {
  description: 'Sent where the answer is one that was kept under the Idempotency-Key: it cost nothing.',
  schema: { type: 'string', const: 'true' },
};
const TOO_MANY_REQUESTS = 429;
const RETRY_AFTER = { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } };

export function createOpenApi(options: OpenApiOptions): Json {
  const { version, routes, operations, sessionCookies } = options;
  const paths: Record<string, Record<string, Json>> = {};
  const add = (path: string, method: string, operation: Json): void => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const route of routes) {
    add(pathOf(route), route.method, describeRoute(route));
  }
  for (const operation of operations) add(operation.path, 'POST', describeOperation(operation));
  return {
    openapi: '3.1.0',
    info: { title: 'Lineproof', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { ...cookieSchemes(sessionCookies), ...SCHEMES },
      schemas: {
        [OWN_ERROR]: envelope({ success: { type: 'boolean', const: false }, error: ERROR_BODY }),
        [ACEDATA_ERROR]: envelope({ detail: { type: 'string' }, code: { type: 'string' } }),
        [OPERATION_ERROR]: options.operationError,
      },
    },
  };
}

/** As OpenAPI writes it: /api/v1/verifications/{id}. */
export function pathOf({ path }: RouteDefinition): string {
  return `${PREFIX}${path.replace(/:(\w+)/g, '{$1}')}`;
}

/** The name of the cookie depends on how the request came, and one scheme has one name. */
function cookieSchemes({ plain, tls }: OpenApiOptions['sessionCookies']): Json {
  const scheme = { type: 'apiKey', in: 'cookie' };
  return {
    session: { ...scheme, name: plain, description: `Without TLS. ${COOKIE_RULES}` },
    'session-tls': { ...scheme, name: tls, description: `Over TLS. ${COOKIE_RULES}` },
    'operator-session': { ...scheme, name: plain, description: `Without TLS. ${COOKIE_RULES}` },
    'operator-session-tls': { ...scheme, name: tls, description: `Over TLS. ${COOKIE_RULES}` },
  };
}

/** Ways to open a path; each is enough. */
function securityOf(access: Access): Json[] {
  if (access === 'public') return [{}];
  if (access === 'operator')
    return [{ operator: [] }, { 'operator-session': [] }, { 'operator-session-tls': [] }];
  return access === 'session' ? [{ session: [] }, { 'session-tls': [] }] : [{ [access]: [] }];
}

const ERROR_BODY = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    remark: {
      type: 'object',
      description: 'The message for readers of other languages, where it says more than the code.',
      required: ['code', 'parameters'],
      properties: { code: { type: 'string' }, parameters: { type: 'object' } },
    },
  },
};

function envelope(properties: Json): Json {
  const all = { ...properties, trace_id: { type: 'string' } };
  return { type: 'object', required: Object.keys(all), properties: all };
}

function describeRoute(route: RouteDefinition): Json {
  const { name, group, summary, access, body, ignored = [], examples, shape } = route;
  return {
    operationId: name,
    tags: [group],
    summary: summary.en,
    'x-summary-zh': summary.zh,
    security: access.flatMap(securityOf),
    parameters: describeParameters(route),
    ...(route.raw === true ? { requestBody: rawBody(route) } : {}),
    ...(route.streamed === undefined ? {} : { requestBody: streamedBody(route.streamed) }),
    ...(body === undefined
      ? {}
      : {
          requestBody: jsonBody(
            {
              ...body,
              properties: { ...body.properties, ...withoutEffect(ignored) },
              additionalProperties: false,
            },
            examples.map(({ title, body: value }) => [title.en, value ?? {}]),
          ),
        }),
    responses: {
      [route.success]: describeAnswer(route),
      ...describeErrors(errorsOf(route), shape === 'acedata' ? ACEDATA_ERROR : OWN_ERROR),
    },
  };
}

function streamedBody(mediaTypes: readonly string[]): Json {
  const schema = { type: 'string', format: 'binary' };
  return { required: true, content: Object.fromEntries(mediaTypes.map((type) => [type, { schema }])) };
}

/** What it holds is for the operator to say. */
function rawBody({ examples }: RouteDefinition): Json {
  const schema = { type: 'object', description: 'As the operator configured it; a form is taken too.' };
  return jsonBody(
    schema,
    examples.map(({ title, body }) => [title.en, body ?? {}]),
  );
}

function withoutEffect(names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, { description: 'Taken without effect.' }]));
}

function describeParameters({ path, query, idempotent, metered, examples }: RouteDefinition): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 128 },
    example: examples[0]?.parameters?.[name] ?? '',
  }));
  const required: readonly string[] = (query as { required?: readonly string[] } | undefined)?.required ?? [];
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]) => {
    const example = examples.find((one) => one.query?.[name] !== undefined)?.query?.[name];
    return {
      name,
      in: 'query',
      required: required.includes(name),
      schema: plain(schema),
      ...(example === undefined ? {} : { example }),
    };
  });
  return [
    ...inPath,
    ...inQuery,
    ...(idempotent === true ? [metered === true ? IDEMPOTENCY_KEY : GRANT_KEY] : []),
  ];
}

function describeAnswer({ answer, idempotent, metered }: RouteDefinition): Json {
  if (answer === undefined) return { description: 'Done.' };
  if ('mediaType' in answer && typeof answer.mediaType === 'string')
    return { description: 'Streamed.', content: { [answer.mediaType]: { schema: { type: 'string' } } } };
  return {
    description: 'Done.',
    ...(idempotent === true && metered === true
      ? { headers: { 'Idempotency-Replayed': IDEMPOTENCY_REPLAYED } }
      : {}),
    content: { 'application/json': { schema: plain(answer as TSchema) } },
  };
}

function describeErrors(codes: readonly ManagementErrorCode[], schema: string): Json {
  const byStatus = Map.groupBy(codes, (code) => MANAGEMENT_ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => {
      const headers = status === TOO_MANY_REQUESTS ? { headers: { 'Retry-After': RETRY_AFTER } } : {};
      return [status, { ...errorResponse(of, schema), ...headers }];
    }),
  );
}

function errorResponse(codes: readonly string[], schema: string): Json {
  return {
    description: [...new Set(codes)].join(', '),
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
  };
}

function describeOperation({ name, action, fields, members, answer, errors }: WireOperation): Json {
  const ours = action.input.properties as Readonly<Record<string, TSchema>>;
  const required: readonly string[] = (action.input as { required?: readonly string[] }).required ?? [];
  const properties = Object.entries(fields).map(([wire, own]) => [wire, plain(ours[own] ?? {})] as const);
  const schema = {
    type: 'object',
    required: Object.entries(fields).flatMap(([wire, own]) => (required.includes(own) ? [wire] : [])),
    properties: { ...Object.fromEntries(properties), ...members },
  };
  const examples = action.examples.map(({ title, input }) => {
    const body = Object.entries(fields).flatMap(([wire, own]) =>
      input[own] === undefined ? [] : [[wire, input[own]] as const],
    );
    return [title.en, Object.fromEntries(body)] as const;
  });
  const byStatus = Map.groupBy(Object.entries(errors), ([, status]) => status);
  return {
    operationId: name,
    tags: ['identity'],
    summary: action.summary.en,
    'x-summary-zh': action.summary.zh,
    security: [{ credential: [] }],
    parameters: [IDEMPOTENCY_KEY],
    requestBody: jsonBody(schema, examples),
    responses: {
      200: {
        description: 'A result.',
        headers: { 'Idempotency-Replayed': IDEMPOTENCY_REPLAYED },
        content: { 'application/json': { schema: answer } },
      },
      ...Object.fromEntries(
        [...byStatus].map(([status, rows]) => {
          const codes = rows.map(([code]) => code);
          const headers = status === TOO_MANY_REQUESTS ? { headers: { 'Retry-After': RETRY_AFTER } } : {};
          return [status, { ...errorResponse(codes, OPERATION_ERROR), ...headers }];
        }),
      ),
    },
  };
}

function jsonBody(schema: TObject | Json, examples: readonly (readonly [string, unknown])[]): Json {
  return {
    required: true,
    content: {
      'application/json': {
        schema: plain(schema),
        examples: Object.fromEntries(
          examples.map(([summary, value], index) => [`example-${index + 1}`, { summary, value }]),
        ),
      },
    },
  };
}

/** What the action table notes in its schemas for our own use. */
const OWN_MARKS: Readonly<Record<string, string>> = { sensitive: 'x-sensitive', titleZh: 'x-title-zh' };

/** As JSON has it: without TypeBox's hidden members, and what is no JSON Schema named as an extension. */
function plain(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema), (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !('type' in value))
      return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [OWN_MARKS[name] ?? name, one]));
  });
}
