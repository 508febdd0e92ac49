// Values of a form as JSON text that can stand in source code and in a page: no control or invisible character and no '<'
// is written as itself. Lone surrogates, which no client can send, become U+FFFD.

import type { JsonValue } from './call.ts';

/** Letters and digits of every script are shown; what could change direction, break a line or end a tag is not. */
const HIDDEN = /[<\x7f]|[^\x20-\x7e\p{L}\p{N}\p{M}\n]/gu;

/** On one line, or indented by that many spaces. */
export function jsonText(value: JsonValue, indent = 0): string {
  return JSON.stringify(wellFormed(value), undefined, indent).replaceAll(HIDDEN, (found) =>
    [...found.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}

export function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  const named = Object.entries(value).map(([name, one]) => [name.toWellFormed(), wellFormed(one)]);
  return Object.fromEntries(named) as JsonValue;
}
