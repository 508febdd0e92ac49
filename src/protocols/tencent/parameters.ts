// What a reader of parameters yields: values under our own names, apart from them what says how fields are encrypted,
// and the names that the action does not declare.

import type { StructShape } from './shape.ts';

export interface Parameters {
  readonly input: Record<string, unknown>;
  readonly seals: Record<string, unknown>;
  readonly unknown: string[];
}

const UNKNOWN_MAX = 16;
const NAME_MAX_LENGTH = 128;

export function noParameters(): Parameters {
  return { input: {}, seals: {}, unknown: [] };
}

export function noteUnknown(parameters: Parameters, name: string): void {
  if (parameters.unknown.length < UNKNOWN_MAX) parameters.unknown.push(name.slice(0, NAME_MAX_LENGTH));
}

/** The names are those of the shape, never the caller's: plain objects are safe to fill. */
export function setParameter(parameters: Parameters, shape: StructShape, name: string, value: unknown): void {
  const field = shape.fields.get(name);
  if (field === undefined) noteUnknown(parameters, name);
  else if (field.seals) parameters.seals[field.name] = value;
  else parameters.input[field.name] = value;
}
