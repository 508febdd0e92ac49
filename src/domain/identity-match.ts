// Do the elements of one line belong together? Concluded from a record's three-valued comparisons; the number is the
// record's key and always agrees. Kinds of mismatch as in Tencent's ResultDetail.

import type { ElementMatch } from './subscriber.ts';

export const MISMATCHES = [
  'phone_id_card', // the name agrees, the ID card differs
  'phone_name', // the ID card agrees, the name differs
  'phone_name_id_card', // both differ
  'name_id_card',
  'other',
] as const;
export type Mismatch = (typeof MISMATCHES)[number];

export type ThreeElementMatch =
  | { readonly verdict: 'match' }
  | { readonly verdict: 'mismatch'; readonly mismatch: Mismatch }
  | { readonly verdict: 'no_record' };

interface Compared {
  readonly nameMatches: ElementMatch;
  readonly idCardMatches: ElementMatch;
}

/** Number, name and ID card. A record that lacks one of them concludes nothing, even where the other differs. */
export function matchThreeElements({ nameMatches, idCardMatches }: Compared): ThreeElementMatch {
  if (nameMatches === undefined || idCardMatches === undefined) return { verdict: 'no_record' };
  if (nameMatches && idCardMatches) return { verdict: 'match' };
  if (nameMatches) return { verdict: 'mismatch', mismatch: 'phone_id_card' };
  return { verdict: 'mismatch', mismatch: idCardMatches ? 'phone_name' : 'phone_name_id_card' };
}

/** Number and name. */
export function matchTwoElements({
  nameMatches,
}: Pick<Compared, 'nameMatches'>): 'match' | 'mismatch' | 'no_record' {
  if (nameMatches === undefined) return 'no_record';
  return nameMatches ? 'match' : 'mismatch';
}
