// The checks of management calls against a general checker of JSON Schema, over the schemas of all rows.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { readManagementTable } from '../../tools/docs/management-view.ts';
import { Type } from '../core/json-schema.ts';
import { findBreach } from './find-breach.ts';

type Node = Readonly<Record<string, unknown>>;

const KEYWORDS = new Set([
  ...['type', 'anyOf', 'enum', 'description', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum'],
  ...['items', 'minItems', 'maxItems', 'required', 'properties', 'additionalProperties', 'patternProperties'],
]);
const SCHEMAS = readManagementTable().flatMap(({ name, query, body }) =>
  [query, body].flatMap((schema) => (schema === undefined ? [] : [{ name, schema: schema as TSchema }])),
);

/** The node and all below it. */
function nodesOf(node: Node): Node[] {
  const { items, anyOf = [], properties = {}, patternProperties = {} } = node as Record<string, object>;
  const below = [
    items,
    ...Object.values(anyOf),
    ...Object.values(properties),
    ...Object.values(patternProperties),
  ];
  return [node, ...below.flatMap((one) => (one === undefined ? [] : nodesOf(one as Node)))];
}

const junk = fc.oneof(
  fc.constantFrom(null, true, '', 'a', [], {}, ['a', 1], { a: 1 }, 0.5, -1, 2 ** 53),
  fc.string({ maxLength: 300 }),
  fc.integer(),
);

/** What suits the schema nearly: numbers and lengths at its bounds and one beyond, members that it knows and one that it does not. */
function nearly(node: Node): fc.Arbitrary<unknown> {
  const suited = suitedTo(node as Record<string, never>);
  return fc.oneof({ weight: 6, arbitrary: suited }, { weight: 1, arbitrary: junk });
}

function suitedTo(node: Record<string, never>): fc.Arbitrary<unknown> {
  const { type, anyOf, minLength = 0, maxLength = 40, minimum = -9, maximum = 99 } = node;
  if (anyOf !== undefined) return fc.oneof(...(anyOf as Node[]).map(nearly));
  if (node.enum !== undefined) return fc.constantFrom(...(node.enum as string[]), 'none of them');
  if (type === 'string') {
    const letters = { unit: fc.constantFrom('a', '9', ':', '_', '号', '😀') };
    const length = Math.min(maxLength, 300);
    return fc.oneof(
      fc.string({ ...letters, minLength: Math.max(0, minLength - 1), maxLength: length + 1 }),
      fc.constantFrom('a'.repeat(length), 'a'.repeat(length + 1), '1:'.padEnd(66, 'f'), 'shop'),
    );
  }
  if (type === 'integer') return fc.constantFrom(minimum, minimum - 1, maximum, maximum + 1, minimum + 0.5);
  if (type === 'array')
    return fc.array(nearly(node.items ?? {}), { maxLength: Math.min(12, Number(node.maxItems ?? 3) + 1) });
  if (type !== 'object') return fc.constantFrom(true, null);
  const members = Object.entries((node.properties ?? {}) as Record<string, Node>).map(
    ([name, below]) => [name, nearly(below)] as const,
  );
  const others = Object.values((node.patternProperties ?? {}) as Record<string, Node>).map(
    (below) => ['any', nearly(below)] as const,
  );
  return fc.record(Object.fromEntries([...members, ...others, ['unheard_of', junk]]), { requiredKeys: [] });
}

test('every keyword of every row is one that is checked', () => {
  assert.ok(SCHEMAS.length > 50);
  for (const { name, schema } of SCHEMAS)
    for (const node of nodesOf(schema as Node))
      for (const keyword of Object.keys(node)) assert.ok(KEYWORDS.has(keyword), `${name}: ${keyword}`);
});

test('the input of every row is judged as a general checker judges it, and the field that is named is one of its faults', () => {
  let good = 0;
  let bad = 0;
  for (const { name, schema } of SCHEMAS) {
    const general = Compile(schema);
    fc.assert(
      fc.property(nearly(schema as Node), (value) => {
        const breach = findBreach(schema, value);
        if (general.Check(value)) {
          good += 1;
          assert.equal(breach, undefined, name);
          return;
        }
        bad += 1;
        const [, errors] = general.Errors(value);
        const fields = errors.flatMap(({ instancePath, params }) => {
          const field = instancePath.slice(1).replaceAll('/', '.');
          const { requiredProperties: missing = [] } = params as { requiredProperties?: string[] };
          return [field, ...missing.map((one) => (field === '' ? one : `${field}.${one}`))];
        });
        const named = /^(?:There is no member "(.*)"|(The request)|(.*?)) ?(?:must|is missing|\.$)/.exec(
          breach ?? '',
        );
        assert.notEqual(named, null, `${name}: ${breach}`);
        const [, unknown, whole, field = ''] = named ?? [];
        assert.ok(
          fields.includes(unknown ?? (whole === undefined ? field : '')),
          `${name}: ${breach} of ${fields}`,
        );
      }),
      propertyRuns(60),
    );
  }
  assert.ok(good > 50 && bad > 50, `${good} good, ${bad} bad`);
});

test('of a list the length and every item are checked, of a closed object every name', () => {
  const closed = Type.Object({ a: Type.Optional(Type.Boolean()) }, { additionalProperties: false });
  const list = Type.Array(closed, { minItems: 1, maxItems: 3 });
  for (const [value, breach] of [
    [[{}, { a: true }, {}], undefined],
    [[], 'list must not have fewer than 1 items.'],
    [[{}, {}, {}, {}], 'list must not have more than 3 items.'],
    [[{}, { a: 1 }], 'list.1.a must be boolean.'],
    [[{}, {}, { b: true }], 'There is no member "list.2.b".'],
  ] as const)
    assert.equal(findBreach(list, value, 'list'), breach);
});

test('an accent counts as a character, so that no name is longer than it may be', () => {
  const name = Type.String({ minLength: 2, maxLength: 4 });
  assert.equal(findBreach(name, 'e\u0301\u0301\u0301', 'name'), undefined);
  for (const length of [4, 1000])
    assert.equal(
      findBreach(name, `e${'\u0301'.repeat(length)}`, 'name'),
      'name must not have more than 4 characters.',
    );
  assert.equal(findBreach(name, '😀', 'name'), 'name must not have fewer than 2 characters.');
  assert.equal(findBreach(name, '😀😀😀😀', 'name'), undefined);
});

test('every member of a record is checked, whatever its name', () => {
  const prices = Type.Record(Type.String(), Type.Integer({ minimum: 0 }));
  assert.equal(findBreach(prices, { a: 1, 'b\nc': 2 }), undefined);
  assert.equal(findBreach(prices, { 'b\nc': -1 }), 'b\nc must be >= 0.');
});
