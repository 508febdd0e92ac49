// Parameters from a JSON body. Types are left as they are, for the schema check to judge; null counts as absent.

import { isUtf8 } from 'node:buffer';
import { Fault } from '../../domain/fault.ts';
import { noParameters, noteUnknown, type Parameters, setParameter } from './parameters.ts';
import type { Shape, StructShape } from './shape.ts';

/** Longer lists are refused by every schema; they need no translation first. */
const LIST_MAX = 256;

export function readJson(body: Buffer, shape: StructShape): Parameters {
  const parameters = noParameters();
  if (body.length === 0) return parameters;
  const json = parse(body);
  for (const name of Object.keys(json)) {
    const value = json[name];
    const field = shape.fields.get(name);
    if (field === undefined) noteUnknown(parameters, name);
    else if (value !== null)
      setParameter(parameters, shape, name, translate(value, field.shape, name, parameters));
  }
  return parameters;
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  if (!isUtf8(body)) throw new Fault('body_malformed');
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Fault('body_malformed');
  }
  if (!isStruct(json)) throw new Fault('body_malformed');
  return json;
}

/** Our names inside structs. Goes no deeper than the shape does, whatever the caller nests. */
function translate(value: unknown, shape: Shape, path: string, parameters: Parameters): unknown {
  if (shape.kind === 'list' && shape.item.kind === 'struct' && Array.isArray(value)) {
    const { item } = shape;
    return value.length > LIST_MAX
      ? value
      : value.map((element) => translate(element, item, path, parameters));
  }
  if (shape.kind !== 'struct' || !isStruct(value)) return value;
  const struct: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field = shape.fields.get(name);
    const inner = value[name];
    if (field === undefined) noteUnknown(parameters, `${path}.${name}`);
    else if (inner !== null)
      struct[field.name] = translate(inner, field.shape, `${path}.${name}`, parameters);
  }
  return struct;
}

function isStruct(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
