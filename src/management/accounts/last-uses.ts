// When credentials were used last, as usage knows it.

import { Type } from '../../core/json-schema.ts';
import type { Credential } from '../../ports/account-desk.ts';
import { type Usage, UsageError } from '../../ports/usage.ts';
import { timeText } from '../time-text.ts';

/** Times by row id of the key; undefined while usage has no answer: what else there is to say must not wait for it. */
export type ReadLastUses = (
  credentials: readonly Pick<Credential, 'keyId'>[],
) => Promise<ReadonlyMap<number, number> | undefined>;

export const LAST_USE = {
  last_used_at: Type.Union([Type.String(), Type.Null()], {
    description:
      'Its last call, refused ones too; null where there was none, or none is known at the moment.',
  }),
};

export function createLastUses(usage: Pick<Usage, 'lastUses'>): ReadLastUses {
  return async (credentials) => {
    if (credentials.length === 0) return undefined;
    try {
      return await usage.lastUses(credentials.map(({ keyId }) => keyId));
    } catch (error) {
      if (error instanceof UsageError) return undefined;
      throw error;
    }
  };
}

export function shapeLastUse(
  { keyId }: Pick<Credential, 'keyId'>,
  uses: ReadonlyMap<number, number> | undefined,
): { readonly last_used_at: string | null } {
  return { last_used_at: timeText(uses?.get(keyId)) };
}
