// What of a form stands in an address, so that it can be linked, reloaded and gone back to: values of fields that their
// table does not mark as personal, and nothing that says how fields are encrypted. Everything else stays in the page.

import type { JsonValue } from '../../../../src/samples/index.ts';
import type { Action, Field } from '../../api/actions.ts';
import { inputOf, type Values } from './form-values.ts';

/** What else the Explorer's address names; a field that is called so does not travel. */
export const OWN_NAMES: ReadonlySet<string> = new Set(['action', 'example', 'sandbox']);
/** Characters; longer ones are left out. */
const VALUE_MAX_LENGTH = 200;
const LINK_MAX_LENGTH = 1500;

export function mayStand(field: Field): boolean {
  return !field.personal && field.seals !== true && !OWN_NAMES.has(field.name);
}

/**
 * By name in the address, for each field that may stand there; undefined where it is not to. '' is a field that was
 * emptied of what the documented input has.
 */
export function writeFields(
  { fields }: Pick<Action, 'fields'>,
  values: Values,
  documented: Values,
): Record<string, string | undefined> {
  const open = (fields as readonly Field[]).filter(mayStand).map(withoutPersonal);
  const input = inputOf(open, values);
  let length = 0;
  return Object.fromEntries(
    open.map(({ name }) => {
      const text = textOf(input[name]) ?? (isEmpty(documented[name]) ? undefined : '');
      if (text === undefined || text.length > VALUE_MAX_LENGTH) return [name, undefined];
      length += encodeURIComponent(name + text).length + 2;
      return [name, length > LINK_MAX_LENGTH ? undefined : text];
    }),
  );
}

/** The values that an address gives; of those that it should not give, none. */
export function readFields({ fields }: Pick<Action, 'fields'>, search: URLSearchParams): Values {
  const values: Record<string, unknown> = {};
  for (const field of (fields as readonly Field[]).filter(mayStand)) {
    const text = search.get(field.name);
    if (text === null || text.length > VALUE_MAX_LENGTH) continue;
    const value = text === '' ? undefined : fieldValueOf(withoutPersonal(field), text);
    if (text === '' || value !== undefined) values[field.name] = value;
  }
  return values;
}

/** The place of the example that an address begins with; undefined where it names none. */
export function exampleOf(search: URLSearchParams): number | undefined {
  const text = search.get('example');
  return text !== null && /^\d{1,2}$/.test(text) ? Number(text) : undefined;
}

/** Which of the names in an address do not belong there. */
export function strangeNames(action: Action | undefined, search: URLSearchParams): readonly string[] {
  const known = new Set([
    ...OWN_NAMES,
    ...((action?.fields ?? []) as readonly Field[]).filter(mayStand).map(({ name }) => name),
  ]);
  return [...search.keys()].filter((name) => !known.has(name));
}

/** Where the Explorer is found with a form, within the console. */
export function explorerAddress(
  action: Pick<Action, 'action'>,
  others: Readonly<Record<string, string | undefined>> = {},
): string {
  const search = new URLSearchParams({ action: action.action });
  for (const [name, value] of Object.entries(others)) if (value !== undefined) search.set(name, value);
  return `/explorer?${search}`;
}

function withoutPersonal(field: Field): Field {
  if (field.fields === undefined) return field;
  return { ...field, fields: field.fields.filter(({ personal }) => !personal).map(withoutPersonal) };
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fieldValueOf(field: Field, text: string): unknown {
  const value = parsedOf(field, text);
  const isOffered =
    field.choices === undefined || [value].flat().every((one) => field.choices?.includes(one));
  if (!isOffered) return undefined;
  // As the form itself would hand it on: names that nobody declares, and other kinds of value, are gone.
  return inputOf([field], { [field.name]: value })[field.name];
}

function parsedOf({ type }: Field, text: string): unknown {
  if (type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type === 'string') return text;
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) === (type === 'list') ? read : undefined;
  } catch {
    return undefined;
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
