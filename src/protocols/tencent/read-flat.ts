// Parameters from a query or form: everything is text, so values are coerced by the schema; lists are spelt A.0, A.1 and
// structs A.B. What cannot be coerced stays text, for the schema check to refuse.

import { noParameters, noteUnknown, type Parameters, setParameter } from './parameters.ts';
import type { Shape, ShapeField, StructShape } from './shape.ts';

/** Parameters of the protocol itself, which no action declares. */
const COMMON: ReadonlySet<string> = new Set([
  'Action',
  'Language',
  'Nonce',
  'Region',
  'RequestClient',
  'SecretId',
  'Signature',
  'SignatureMethod',
  'Timestamp',
  'Token',
  'Version',
]);

const INTEGER = /^[+-]?\d{1,15}$/;
const INDEX = /^\d{1,4}$/;

/** Parts of one parameter by the rest of their names. */
type Parts = Map<string, string>;

export function readFlat(values: ReadonlyMap<string, string>, shape: StructShape): Parameters {
  const parameters = noParameters();
  const groups = new Map<string, Parts>();
  for (const [name, value] of values) {
    const dot = name.indexOf('.');
    const first = dot === -1 ? name : name.slice(0, dot);
    const field = shape.fields.get(first);
    if (field === undefined) {
      if (!COMMON.has(name)) noteUnknown(parameters, name);
    } else if (dot === -1) {
      setParameter(parameters, shape, name, coerce(value, field.shape));
    } else {
      groupOf(groups, first).set(name.slice(dot + 1), value);
    }
  }
  for (const [name, parts] of groups) {
    const field = shape.fields.get(name) as ShapeField;
    setParameter(parameters, shape, name, assemble(parts, field.shape, name, parameters));
  }
  return parameters;
}

function assemble(parts: Parts, shape: Shape, path: string, parameters: Parameters): unknown {
  if (shape.kind === 'list') return assembleList(parts, shape.item, path, parameters);
  if (shape.kind === 'struct') return assembleStruct(parts, shape, path, parameters);
  for (const rest of parts.keys()) noteUnknown(parameters, `${path}.${rest}`);
  return undefined;
}

/** Indexes give the order; gaps close, so that counting from 1 works too. */
function assembleList(parts: Parts, item: Shape, path: string, parameters: Parameters): unknown[] {
  const elements = new Map<number, unknown>();
  for (const [index, inner] of groupByFirst(parts)) {
    if (!INDEX.test(index)) noteUnknown(parameters, `${path}.${index}`);
    else elements.set(Number(index), inner.read(item, `${path}.${index}`, parameters));
  }
  return [...elements].sort(([a], [b]) => a - b).map(([, element]) => element);
}

function assembleStruct(parts: Parts, shape: StructShape, path: string, parameters: Parameters) {
  const struct: Record<string, unknown> = {};
  for (const [name, inner] of groupByFirst(parts)) {
    const field = shape.fields.get(name);
    if (field === undefined) noteUnknown(parameters, `${path}.${name}`);
    else struct[field.name] = inner.read(field.shape, `${path}.${name}`, parameters);
  }
  return struct;
}

interface Inner {
  read(shape: Shape, path: string, parameters: Parameters): unknown;
}

function groupByFirst(parts: Parts): Map<string, Inner> {
  const values = new Map<string, string>();
  const groups = new Map<string, Parts>();
  for (const [name, value] of parts) {
    const dot = name.indexOf('.');
    if (dot === -1) values.set(name, value);
    else groupOf(groups, name.slice(0, dot)).set(name.slice(dot + 1), value);
  }
  const inner = new Map<string, Inner>();
  for (const [name, value] of values) inner.set(name, { read: (shape) => coerce(value, shape) });
  for (const [name, group] of groups) {
    inner.set(name, { read: (shape, path, parameters) => assemble(group, shape, path, parameters) });
  }
  return inner;
}

function groupOf(groups: Map<string, Parts>, name: string): Parts {
  let group = groups.get(name);
  if (group === undefined) {
    group = new Map();
    groups.set(name, group);
  }
  return group;
}

/** Python writes True, Go writes true. */
function coerce(value: string, shape: Shape): unknown {
  if (shape.kind === 'integer' && INTEGER.test(value)) return Number(value);
  if (shape.kind === 'boolean') {
    const lower = value.toLowerCase();
    if (lower === 'true') return true;
    if (lower === 'false') return false;
  }
  return value;
}
