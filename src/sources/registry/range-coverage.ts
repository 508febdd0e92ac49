// Tells, for numbers that come in ascending order, whether a range covers them. Neighbours share the answer, so that
// an import does not look up ten million prefixes.

import type { Msisdn } from '../../domain/msisdn.ts';
import type { NumberRanges } from '../../ports/source.ts';

const SHARED_DIGITS = 4;

/** `longestPrefix` is the number of digits of the longest prefix in the table. */
export function createRangeCoverage(
  ranges: NumberRanges,
  longestPrefix: number,
): (msisdn: number) => boolean {
  const block = 10 ** SHARED_DIGITS;
  let sharedBlock = -1;
  let shared = false;
  return (msisdn) => {
    const numberBlock = Math.floor(msisdn / block);
    if (numberBlock === sharedBlock) return shared;
    const text = `+${msisdn}`;
    const covered = ranges.find(text as Msisdn) !== undefined;
    if (text.length - 1 - SHARED_DIGITS >= longestPrefix) {
      sharedBlock = numberBlock;
      shared = covered;
    }
    return covered;
  };
}
