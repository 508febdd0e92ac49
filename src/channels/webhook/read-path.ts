// One value out of a JSON answer or a form, by a path such as 'data.0.messageId'.

import { isUtf8 } from 'node:buffer';
import { parseBoundedJson } from '../../codecs/bounded-json.ts';
import { parseForm } from '../../codecs/form.ts';

const DEPTH_MAX = 16;
const FORM_LIMITS = { maxPairs: 100, maxNameLength: 100 };

/** The fields of a body in JSON or as a form, whichever it is; undefined when it is neither. */
export function parseFields(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  const json = parseBoundedJson(body, DEPTH_MAX);
  if (json !== undefined || !isUtf8(body)) return json;
  const form = parseForm(body.toString('utf8'), FORM_LIMITS);
  return typeof form === 'string' ? undefined : Object.fromEntries(form);
}

/** A text, number or boolean as text; undefined where there is none. */
export function readPath(fields: unknown, path: string): string | undefined {
  let value = fields;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
