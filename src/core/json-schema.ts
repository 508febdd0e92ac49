// Builders of the JSON Schemas that actions and management calls are described by: TypeBox's types, and as much of its
// builders as the tables use. Its own come with all else it can do, 400 files that every start would read (docs/decisions.md).

import type * as TypeBox from 'typebox';

type Builders = Pick<
  typeof TypeBox.Type,
  | 'Array'
  | 'Boolean'
  | 'Enum'
  | 'Integer'
  | 'Literal'
  | 'Null'
  | 'Number'
  | 'Object'
  | 'Optional'
  | 'Record'
  | 'String'
  | 'Union'
  | 'Unknown'
>;
type Schema = Readonly<Record<string, unknown>>;

const ANY_KEY = '^.*$';
/** Those that Optional made: what may be absent says nothing of itself in JSON Schema, only the object around it does. */
const optional = new WeakSet<Schema>();

function typed(type: string) {
  return (options: Schema = {}): Schema => ({ type, ...options });
}

function object(properties: Readonly<Record<string, Schema>>, options: Schema = {}): Schema {
  const required = Object.keys(properties).filter((name) => !optional.has(properties[name] ?? {}));
  return { type: 'object', ...(required.length === 0 ? {} : { required }), properties, ...options };
}

function mayBeAbsent(schema: Schema): Schema {
  const made = { ...schema };
  optional.add(made);
  return made;
}

export const Type = {
  Array: (items: Schema, options: Schema = {}) => ({ type: 'array', items, ...options }),
  Boolean: typed('boolean'),
  Enum: (values: readonly string[], options: Schema = {}) => ({ enum: values, ...options }),
  Integer: typed('integer'),
  Literal: (value: unknown, options: Schema = {}) => ({ type: typeof value, const: value, ...options }),
  Null: typed('null'),
  Number: typed('number'),
  Object: object,
  Optional: mayBeAbsent,
  /** Of texts to what the second says. */
  Record: (_key: Schema, value: Schema, options: Schema = {}) => ({
    type: 'object',
    patternProperties: { [ANY_KEY]: value },
    ...options,
  }),
  String: typed('string'),
  Union: (anyOf: readonly Schema[], options: Schema = {}) => ({ anyOf, ...options }),
  Unknown: (options: Schema = {}) => ({ ...options }),
} as unknown as Builders;
