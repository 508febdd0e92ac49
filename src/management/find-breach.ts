// What is wrong with the input of a management call by the JSON Schema of its row. Own code for the keywords that the rows
// use: a general checker is 235 files, which every start would read, and counts an accent as part of its letter, so that a
// name of any length passes (docs/decisions.md).

import type { TSchema } from 'typebox';

interface Node {
  readonly type?: keyof typeof IS;
  readonly anyOf?: readonly TSchema[];
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: TSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly additionalProperties?: boolean;
  /** Only as Record makes them: one schema for every member. */
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
}

type Members = Readonly<Record<string, unknown>>;

const NAME_SHOWN_MAX = 64;
const IS = {
  array: Array.isArray,
  boolean: (value: unknown) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value: unknown) => value === null,
  number: Number.isFinite,
  object: isObject,
  string: (value: unknown) => typeof value === 'string',
} satisfies Record<string, (value: unknown) => boolean>;

/** A sentence about the first breach, by field and rule, never by value; undefined where there is none. `field` is '' at the top. */
export function findBreach(schema: TSchema, value: unknown, field = ''): string | undefined {
  const node = schema as Node;
  if (node.anyOf !== undefined) return findBreachOfAll(node.anyOf, value, field);
  if (node.type !== undefined && !IS[node.type](value)) return says(field, `must be ${node.type}`);
  if (node.enum !== undefined && !node.enum.includes(value))
    return says(field, `must be one of ${node.enum.join(', ')}`);
  if (typeof value === 'string') return findTextBreach(node, value, field);
  if (typeof value === 'number') return findNumberBreach(node, value, field);
  if (Array.isArray(value)) return findListBreach(node, value, field);
  return isObject(value) ? findMemberBreach(node, value, field) : undefined;
}

export function tellUnknownMember(name: string): string {
  return `There is no member ${JSON.stringify(shown(name))}.`;
}

function findBreachOfAll(choices: readonly TSchema[], value: unknown, field: string): string | undefined {
  const breaches = choices.map((one) => findBreach(one, value, field));
  return breaches.includes(undefined) ? undefined : breaches[0];
}

function findTextBreach(node: Node, text: string, field: string): string | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = node;
  if (!isAtLeast(text, minLength)) return says(field, `must not have fewer than ${minLength} characters`);
  if (isAtLeast(text, maxLength + 1)) return says(field, `must not have more than ${maxLength} characters`);
  if (node.pattern !== undefined && !new RegExp(node.pattern, 'u').test(text))
    return says(field, `must match pattern "${node.pattern}"`);
  return undefined;
}

/** Characters are code points, as JSON Schema counts them. */
function isAtLeast(text: string, length: number): boolean {
  if (text.length < length) return false;
  if (text.length >= 2 * length) return true;
  return [...text].length >= length;
}

function findNumberBreach({ minimum, maximum }: Node, value: number, field: string): string | undefined {
  if (minimum !== undefined && value < minimum) return says(field, `must be >= ${minimum}`);
  if (maximum !== undefined && value > maximum) return says(field, `must be <= ${maximum}`);
  return undefined;
}

function findListBreach(node: Node, list: readonly unknown[], field: string): string | undefined {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = node;
  if (list.length < minItems) return says(field, `must not have fewer than ${minItems} items`);
  if (list.length > maxItems) return says(field, `must not have more than ${maxItems} items`);
  if (items === undefined) return undefined;
  return firstOf(list.entries(), ([at, one]) => findBreach(items, one, within(field, String(at))));
}

function findMemberBreach(node: Node, members: Members, field: string): string | undefined {
  const { required = [], properties = {}, patternProperties = {} } = node;
  const missing = required.find((name) => !Object.hasOwn(members, name));
  if (missing !== undefined) return `${shown(within(field, missing))} is missing.`;
  if (node.additionalProperties === false) {
    const unknown = Object.keys(members).find((name) => !Object.hasOwn(properties, name));
    if (unknown !== undefined) return tellUnknownMember(within(field, unknown));
  }
  const breachOf = (schema: TSchema, name: string) => findBreach(schema, members[name], within(field, name));
  return (
    firstOf(Object.values(patternProperties), (schema) =>
      firstOf(Object.keys(members), (name) => breachOf(schema, name)),
    ) ??
    firstOf(Object.entries(properties), ([name, schema]) =>
      Object.hasOwn(members, name) ? breachOf(schema, name) : undefined,
    )
  );
}

function firstOf<T>(all: Iterable<T>, find: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function within(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}

function says(field: string, rule: string): string {
  return `${field === '' ? 'The request' : shown(field)} ${rule}.`;
}

function shown(name: string): string {
  return name.slice(0, NAME_SHOWN_MAX);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
