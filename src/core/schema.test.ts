import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../domain/fault.ts';
import { Type } from './json-schema.ts';
import { compileSchema } from './schema.ts';

const SCHEMA = Type.Object({
  text: Type.String({ maxLength: 5 }),
  mode: Type.Optional(Type.String({ enum: ['0', '1'] })),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  flag: Type.Optional(Type.Boolean()),
  list: Type.Optional(Type.Array(Type.String(), { maxItems: 2 })),
  inner: Type.Optional(Type.Object({ key: Type.String() })),
});

const validate = compileSchema(SCHEMA);

function faultOf(input: Record<string, unknown>, unknown: string[] = []) {
  try {
    validate(input, unknown);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Fault);
    return { code: error.code, field: error.detail.field };
  }
}

test('each broken rule is its own fault and names the field', () => {
  assert.deepEqual(faultOf({}), { code: 'parameter_missing', field: 'text' });
  assert.deepEqual(faultOf({ text: null }), { code: 'parameter_missing', field: 'text' });
  assert.deepEqual(faultOf({ text: 1 }), { code: 'parameter_type', field: 'text' });
  assert.deepEqual(faultOf({ text: 'longer' }), { code: 'parameter_value', field: 'text' });
  assert.deepEqual(faultOf({ text: '', mode: '2' }), { code: 'parameter_value', field: 'mode' });
  assert.deepEqual(faultOf({ text: '', count: '1' }), { code: 'parameter_type', field: 'count' });
  assert.deepEqual(faultOf({ text: '', count: 11 }), { code: 'parameter_value', field: 'count' });
  assert.deepEqual(faultOf({ text: '', flag: 'true' }), { code: 'parameter_type', field: 'flag' });
  assert.deepEqual(faultOf({ text: '', list: 'a' }), { code: 'parameter_type', field: 'list' });
  assert.deepEqual(faultOf({ text: '', list: [1] }), { code: 'parameter_type', field: 'list' });
  assert.deepEqual(faultOf({ text: '', list: ['a', 'b', 'c'] }), { code: 'parameter_value', field: 'list' });
  assert.deepEqual(faultOf({ text: '', inner: {} }), { code: 'parameter_missing', field: 'inner.key' });
  assert.deepEqual(faultOf({ text: '' }, ['Odd']), { code: 'parameter_unknown', field: 'Odd' });
});

test('of several faults the unknown is told first, then the mistyped, the missing, the disallowed', () => {
  const input = { mode: '2', count: '1' };
  assert.deepEqual(faultOf(input, ['Odd']), { code: 'parameter_unknown', field: 'Odd' });
  assert.deepEqual(faultOf(input), { code: 'parameter_type', field: 'count' });
  assert.deepEqual(faultOf({ mode: '2', inner: {} }), { code: 'parameter_missing', field: 'text' });
  assert.deepEqual(faultOf({ text: 'longer', inner: {} }), { code: 'parameter_missing', field: 'inner.key' });
  assert.deepEqual(faultOf({ text: 'longer', inner: { key: 1 } }), {
    code: 'parameter_type',
    field: 'inner.key',
  });
  assert.deepEqual(faultOf({ text: 'longer', mode: '2' }), { code: 'parameter_value', field: 'text' });
  assert.deepEqual(faultOf({ text: '', list: ['a', 'b', 3] }), { code: 'parameter_type', field: 'list' });
});

test('null is the same as absent for optional fields, and the empty string is a value', () => {
  assert.equal(faultOf({ text: '', mode: null, list: null, inner: null }), undefined);
});

test('any input either passes or raises one of the four parameter faults', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.anything()),
    fc.object(),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(SCHEMA.properties)), value), (input) => {
      const fault = faultOf(input);
      if (fault !== undefined) assert.match(fault.code, /^parameter_(missing|type|value)$/);
      else assert.equal(typeof input.text, 'string');
    }),
  );
});
