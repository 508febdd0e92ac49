// The fields of a call out of its JSON body, by the endpoint's table alone: a name that a caller invents never becomes a
// property of anything. Members that the endpoint does not declare are ignored; null counts as absent.

import { Fault } from '../../domain/fault.ts';
import type { Endpoint } from './endpoints.ts';

export type Body = Readonly<Record<string, unknown>>;

/** The documentation describes the mode in words and gives no values; its upstream has 0 and 1. */
const VERIFY_MODES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ['', '0'],
  ['0', '0'],
  [0, '0'],
  ['short', '0'],
  ['short version', '0'],
  ['1', '1'],
  [1, '1'],
  ['long', '1'],
  ['long version', '1'],
]);

export const VERIFY_MODE_SPELLINGS: readonly unknown[] = [...VERIFY_MODES.keys()];

export function readParameters(body: Body, endpoint: Endpoint): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const [wire, ours] of Object.entries(endpoint.fields)) {
    const value = body[wire];
    if (value === undefined || value === null) continue;
    input[ours] = ours === 'verifyMode' ? readVerifyMode(value, wire) : value;
  }
  return input;
}

function readVerifyMode(value: unknown, field: string): string {
  const mode = VERIFY_MODES.get(value);
  if (mode === undefined) throw new Fault('parameter_value', { field });
  return mode;
}
