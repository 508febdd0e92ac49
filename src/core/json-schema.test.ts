import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type as TypeBox } from 'typebox';
import { Type } from './json-schema.ts';

type Builder = typeof TypeBox;

/** A use of each builder, as the tables use them. */
const USES: Readonly<Record<keyof typeof Type, (type: Builder) => unknown>> = {
  Array: (type) => [
    type.Array(type.Boolean()),
    type.Array(type.Number(), { maxItems: 3, description: 'few' }),
  ],
  Boolean: (type) => [type.Boolean(), type.Boolean({ description: 'one of two' })],
  Enum: (type) => [type.Enum(['en', 'zh']), type.Enum(['one'], { description: 'no choice' })],
  Integer: (type) => [type.Integer(), type.Integer({ minimum: 1, maximum: 9 })],
  Literal: (type) => [type.Literal('accepted'), type.Literal(7), type.Literal(true, { description: 'yes' })],
  Null: (type) => [type.Null(), type.Null({ description: 'nothing' })],
  Number: (type) => [type.Number(), type.Number({ minimum: 0.5 })],
  Object: (type) => [
    type.Object({}),
    type.Object({ z: type.String(), a: type.Integer() }, { additionalProperties: false, description: 'two' }),
    type.Object({ all: type.Optional(type.String()) }),
    type.Object({ one: type.Optional(type.Object({ two: type.String() })), three: type.Null() }),
  ],
  Optional: (type) => [type.Optional(type.String({ description: 'perhaps' })), type.Optional(type.Unknown())],
  Record: (type) => [
    type.Record(type.String(), type.Integer()),
    type.Record(type.String({ maxLength: 9 }), type.Array(type.String()), { description: 'lists by name' }),
  ],
  String: (type) => [type.String(), type.String({ minLength: 1, pattern: '^a', description: 'a text' })],
  Union: (type) => [
    type.Union([type.String(), type.Null()]),
    type.Union([type.Null()], { description: 'none' }),
  ],
  Unknown: (type) => [type.Unknown(), type.Unknown({ description: 'whatever' })],
};

for (const [name, use] of Object.entries(USES))
  test(`${name} gives the schema that TypeBox gives, member for member in its order`, () => {
    assert.equal(
      JSON.stringify(use(Type as Builder), undefined, 1),
      JSON.stringify(use(TypeBox), undefined, 1),
    );
  });

test('what Optional is given stays required elsewhere', () => {
  const text = Type.String();
  assert.deepEqual(Type.Object({ a: Type.Optional(text), b: text }).required, ['b']);
});
