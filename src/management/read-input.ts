// What a management call was sent, checked against its row's schemas before the row runs. Errors name the field and the
// rule, never the value.

import type { TObject } from 'typebox';
import { parseBoundedJson } from '../codecs/bounded-json.ts';
import { findBreach, tellUnknownMember } from './find-breach.ts';
import { ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';

export interface RawInput {
  readonly parameters: Readonly<Record<string, string>>;
  /** Without the question mark. */
  readonly query: string;
  readonly body: Buffer;
  readonly contentType: string;
}

export type Input = Pick<ManagementRequest, 'parameters' | 'query' | 'body'>;
type Fields = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 8;
const PARAMETER_MAX_LENGTH = 128;
const NAME_SHOWN_MAX = 64;
const NOTHING: Fields = {};
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

export function isJsonType(contentType: string): boolean {
  return JSON_TYPE.test(contentType);
}

function mediaTypeOf(contentType: string): string {
  return contentType.replace(/;.*$/s, '').trim().toLowerCase();
}

/** Throws bad_request for the first field that is wrong. */
export function createInputReader(route: RouteDefinition): (raw: RawInput) => Input {
  function readBody({ body, contentType }: RawInput): Fields {
    if (route.raw === true) return NOTHING;
    if (route.streamed !== undefined) {
      if (route.streamed.includes(mediaTypeOf(contentType))) return NOTHING;
      throw new ManagementError('bad_request', `The content type must be ${route.streamed.join(' or ')}.`);
    }
    if (body.length > 0 && !isJsonType(contentType))
      throw new ManagementError('bad_request', 'The content type must be application/json.');
    if (body.length === 0 || route.body === undefined) return NOTHING;
    const parsed = parseBoundedJson(body, DEPTH_MAX);
    if (parsed === undefined) throw new ManagementError('bad_request', 'The body is not one JSON object.');
    const fields = knownOf(parsed, route.body, route.ignored ?? []);
    return withoutNulls(fields, route.body, route.method === 'PATCH');
  }

  return (raw) => {
    for (const [name, value] of Object.entries(raw.parameters))
      if (value.length > PARAMETER_MAX_LENGTH)
        throw new ManagementError('bad_request', `${name} is too long.`);
    const query = readQuery(raw.query, route.query);
    check(route.query, query);
    const body = readBody(raw);
    check(route.body, body);
    return { parameters: raw.parameters, query, body };
  };
}

/** Every parameter once, and only those of the row: a filter that was misspelt must not widen the answer. */
function readQuery(text: string, schema: TObject | undefined): Fields {
  const properties = schema?.properties ?? {};
  const query: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const shown = name.slice(0, NAME_SHOWN_MAX);
    if (!Object.hasOwn(properties, name))
      throw new ManagementError('bad_request', `There is no parameter ${JSON.stringify(shown)}.`);
    if (Object.hasOwn(query, name)) throw new ManagementError('bad_request', `${shown} is given twice.`);
    query[name] = typed(value, (properties[name] as { type?: string }).type);
  }
  return query;
}

/** An address holds texts only: numbers and truth values are read where the schema wants them. */
function typed(text: string, type: string | undefined): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Only members of the row: a limit that was misspelt would be no limit. */
function knownOf(fields: Fields, schema: TObject, ignored: readonly string[]): Fields {
  const unknown = Object.keys(fields).find(
    (name) => !Object.hasOwn(schema.properties, name) && !ignored.includes(name),
  );
  if (unknown !== undefined) throw new ManagementError('bad_request', tellUnknownMember(unknown));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !ignored.includes(name)));
}

/** Absent and null are the same, except where null itself says something; a change that null asks for is never passed over. */
function withoutNulls(fields: Fields, schema: TObject, isChange: boolean): Fields {
  const takesNull = (name: string): boolean => {
    const { anyOf = [] } = (Object.hasOwn(schema.properties, name) ? schema.properties[name] : {}) as {
      anyOf?: readonly { type?: string }[];
    };
    return anyOf.some(({ type }) => type === 'null');
  };
  const kept = Object.entries(fields).filter(([name, value]) => value !== null || takesNull(name));
  const dropped = Object.keys(fields).find((name) => fields[name] === null && !takesNull(name));
  if (isChange && dropped !== undefined)
    throw new ManagementError('bad_request', `${dropped} must not be null.`);
  return Object.fromEntries(kept);
}

function check(schema: TObject | undefined, fields: Fields): void {
  const breach = schema === undefined ? undefined : findBreach(schema, fields);
  if (breach !== undefined) throw new ManagementError('bad_request', breach);
}
