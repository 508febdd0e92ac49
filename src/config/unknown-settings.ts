// Variables that look like settings and are none: a misspelt one would be ignored without a word. Their values are
// never shown, as one of them may be a secret.

import { environmentNameOf, OPTIONS, type OptionName } from './options.ts';

export interface UnknownSetting {
  readonly variable: string;
  /** What may have been meant. */
  readonly nearest?: string;
}

const PREFIX = 'LINEPROOF_';
/** One change in so many characters is a slip, more are another word. */
const CHARACTERS_A_SLIP = 4;
/** Longer than any setting's name: not worth comparing. */
const COMPARED_CHARACTERS = 64;
const KNOWN = (Object.keys(OPTIONS) as OptionName[]).map(environmentNameOf);

export function findUnknownSettings(
  environment: Readonly<Record<string, string | undefined>>,
): UnknownSetting[] {
  return Object.keys(environment)
    .filter((variable) => variable.toUpperCase().startsWith(PREFIX) && !KNOWN.includes(variable))
    .filter((variable) => environment[variable] !== undefined && environment[variable] !== '')
    .sort()
    .map((variable) => {
      const nearest = nearestTo(variable.toUpperCase());
      return nearest === undefined ? { variable } : { variable, nearest };
    });
}

/** The whole sentence, for terminals and reports. */
export function describeUnknownSetting({ variable, nearest }: UnknownSetting): string {
  const meant = nearest === undefined ? '' : `: did you mean ${nearest}?`;
  return `the environment's ${variable} is no setting and is ignored${meant}`;
}

function nearestTo(variable: string): string | undefined {
  if (variable.length > COMPARED_CHARACTERS) return undefined;
  const name = variable.slice(PREFIX.length);
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(name.length / CHARACTERS_A_SLIP)) + 1;
  for (const known of KNOWN) {
    const slips = countSlips(name, known.slice(PREFIX.length));
    if (slips >= fewest) continue;
    fewest = slips;
    best = known;
  }
  return best;
}

/** Characters to add, drop, change or swap with their neighbour (Damerau, optimal string alignment). */
function countSlips(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(
        at(last, j) + 1,
        at(row, j - 1) + 1,
        at(last, j - 1) + same,
        swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = row;
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
