// From what stands in a form to what goes over the wire: what is left empty is not sent.

import type { JsonObject, JsonValue } from '../../../../src/samples/index.ts';
import type { Field } from '../../api/actions.ts';

export type Values = Readonly<Record<string, unknown>>;

export function inputOf(fields: readonly Field[], values: Values = {}): JsonObject {
  const pairs = fields.flatMap((field): [string, JsonValue][] => {
    const value = wireValueOf(field, values[field.name]);
    return value === undefined ? [] : [[field.name, value]];
  });
  return Object.fromEntries(pairs);
}

function wireValueOf(field: Field, value: unknown): JsonValue | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const { fields } = field;
  if (field.type === 'list') {
    const entries = Array.isArray(value) ? value : [];
    if (entries.length === 0) return undefined;
    return entries.map((entry) => (fields === undefined ? String(entry) : inputOf(fields, asValues(entry))));
  }
  if (field.type === 'struct') {
    const inner = inputOf(fields ?? [], asValues(value));
    return Object.keys(inner).length === 0 ? undefined : inner;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

function asValues(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {};
}
