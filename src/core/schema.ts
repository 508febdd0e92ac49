// Validates a call's input against its action's TypeBox schema and raises faults in the words of our fields.
// Own code because each protocol must name the exact parameter and rule that failed, in a fixed order.

import type { TObject, TSchema } from 'typebox';
import { Fault, type FaultDetail } from '../domain/fault.ts';

type Input = Readonly<Record<string, unknown>>;
/** In the order in which they are told of. */
const FAULTS_IN_ORDER = ['parameter_type', 'parameter_missing', 'parameter_value'] as const;
type ParameterFault = (typeof FAULTS_IN_ORDER)[number];
/** Throws the first fault that it finds, or the first of the only kind that is looked for. */
type Check = (value: unknown, field: string, only: ParameterFault | undefined) => void;

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
 * A function that throws one Fault: for an unknown parameter, else a mistyped, else a missing, else a disallowed value; of one
 * kind for the field that is declared first. Absent and null are the same.
 */
export function compileSchema(schema: TObject): (input: Input, unknown: readonly string[]) => void {
  const check = objectCheck(schema as Node);
  return (input, unknown) => {
    const first = unknown[0];
    if (first !== undefined) throw new Fault('parameter_unknown', { field: first });
    try {
      check(input, '', undefined);
    } catch (fault) {
      // Nearly all input is good: only what is not is looked at once more for each kind.
      for (const kind of FAULTS_IN_ORDER) check(input, '', kind);
      throw fault;
    }
  };
}

function compile(schema: TSchema): Check {
  const node = schema as Node;
  const check = typeCheck(node);
  const allowed = node.enum;
  if (allowed === undefined) return check;
  return (value, field, only) => {
    check(value, field, only);
    if (!allowed.includes(value)) raise('parameter_value', { field }, only);
  };
}

function typeCheck(node: Node): Check {
  switch (node.type) {
    case 'string':
      return stringCheck(node.maxLength ?? Number.MAX_SAFE_INTEGER);
    case 'integer':
      return integerCheck(node.minimum ?? Number.MIN_SAFE_INTEGER, node.maximum ?? Number.MAX_SAFE_INTEGER);
    case 'boolean':
      return (value, field, only) => {
        if (typeof value !== 'boolean') raise('parameter_type', { field, expectedType: 'bool' }, only);
      };
    case 'array':
      return arrayCheck(node);
    case 'object':
      return objectCheck(node);
    default:
      throw new TypeError(`schema type ${String(node.type)} has no check`);
  }
}

function stringCheck(maxLength: number): Check {
  return (value, field, only) => {
    if (typeof value !== 'string') raise('parameter_type', { field, expectedType: 'string' }, only);
    else if (value.length > maxLength) raise('parameter_value', { field }, only);
  };
}

function integerCheck(minimum: number, maximum: number): Check {
  return (value, field, only) => {
    if (!Number.isSafeInteger(value)) raise('parameter_type', { field, expectedType: 'int' }, only);
    else if ((value as number) < minimum || (value as number) > maximum)
      raise('parameter_value', { field }, only);
  };
}

function arrayCheck(node: Node): Check {
  const item = compile(node.items ?? { type: 'string' });
  const maxItems = node.maxItems ?? 100;
  return (value, field, only) => {
    if (!Array.isArray(value)) {
      raise('parameter_type', { field, expectedType: 'list' }, only);
      return;
    }
    if (value.length > maxItems) raise('parameter_value', { field }, only);
    for (const element of value) item(element, field, only);
  };
}

function objectCheck(node: Node): Check {
  const required = new Set(node.required ?? []);
  const fields = Object.entries(node.properties ?? {}).map(([name, schema]) => ({
    name,
    required: required.has(name),
    check: compile(schema),
  }));
  return (value, path, only) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      raise('parameter_type', { field: path, expectedType: 'object' }, only);
      return;
    }
    for (const field of fields) {
      const name = path === '' ? field.name : `${path}.${field.name}`;
      const fieldValue = (value as Input)[field.name];
      if (fieldValue !== undefined && fieldValue !== null) field.check(fieldValue, name, only);
      else if (field.required) raise('parameter_missing', { field: name }, only);
    }
  };
}

function raise(kind: ParameterFault, detail: FaultDetail, only: ParameterFault | undefined): void {
  if (only === undefined || only === kind) throw new Fault(kind, detail);
}
