// Validates a call's input against its action's TypeBox schema and raises faults in the words of our fields.
// Own code because each protocol must name the exact parameter and rule that failed, in a fixed order.

import type { TObject, TSchema } from 'typebox';
import { Fault } from '../domain/fault.ts';

type Input = Readonly<Record<string, unknown>>;
type Check = (value: unknown, field: string) => void;

interface Node {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: TSchema;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
}

/**
 * A function that throws the first Fault it finds: unknown parameters, then per declared field in order a missing,
 * mistyped or disallowed value. Absent and null are the same.
 */
export function compileSchema(schema: TObject): (input: Input, unknown: readonly string[]) => void {
  const check = objectCheck(schema as Node);
  return (input, unknown) => {
    const first = unknown[0];
    if (first !== undefined) throw new Fault('parameter_unknown', { field: first });
    check(input, '');
  };
}

function compile(schema: TSchema): Check {
  const node = schema as Node;
  const check = typeCheck(node);
  const allowed = node.enum;
  if (allowed === undefined) return check;
  return (value, field) => {
    check(value, field);
    if (!allowed.includes(value)) throw new Fault('parameter_value', { field });
  };
}

function typeCheck(node: Node): Check {
  switch (node.type) {
    case 'string':
      return stringCheck(node.maxLength ?? Number.MAX_SAFE_INTEGER);
    case 'integer':
      return integerCheck(node.minimum ?? Number.MIN_SAFE_INTEGER, node.maximum ?? Number.MAX_SAFE_INTEGER);
    case 'boolean':
      return (value, field) => expectType(typeof value === 'boolean', field, 'bool');
    case 'array':
      return arrayCheck(node);
    case 'object':
      return objectCheck(node);
    default:
      throw new TypeError(`schema type ${String(node.type)} has no check`);
  }
}

function stringCheck(maxLength: number): Check {
  return (value, field) => {
    if (typeof value !== 'string') throw new Fault('parameter_type', { field, expectedType: 'string' });
    if (value.length > maxLength) throw new Fault('parameter_value', { field });
  };
}

function integerCheck(minimum: number, maximum: number): Check {
  return (value, field) => {
    expectType(Number.isSafeInteger(value), field, 'int');
    if ((value as number) < minimum || (value as number) > maximum)
      throw new Fault('parameter_value', { field });
  };
}

function arrayCheck(node: Node): Check {
  const item = compile(node.items ?? { type: 'string' });
  const maxItems = node.maxItems ?? 100;
  return (value, field) => {
    if (!Array.isArray(value)) throw new Fault('parameter_type', { field, expectedType: 'list' });
    if (value.length > maxItems) throw new Fault('parameter_value', { field });
    for (const element of value) item(element, field);
  };
}

function objectCheck(node: Node): Check {
  const required = new Set(node.required ?? []);
  const fields = Object.entries(node.properties ?? {}).map(([name, schema]) => ({
    name,
    required: required.has(name),
    check: compile(schema),
  }));
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Fault('parameter_type', { field: path, expectedType: 'object' });
    }
    for (const field of fields) {
      const name = path === '' ? field.name : `${path}.${field.name}`;
      const fieldValue = (value as Input)[field.name];
      if (fieldValue !== undefined && fieldValue !== null) field.check(fieldValue, name);
      else if (field.required) throw new Fault('parameter_missing', { field: name });
    }
  };
}

function expectType(ok: boolean, field: string, expectedType: string): void {
  if (!ok) throw new Fault('parameter_type', { field, expectedType });
}
