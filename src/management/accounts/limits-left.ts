// What of limits is used and what is left: of a credential's limited_amount and caps, and of an account's caps. null where
// no limit is set, because nothing is counted then.

import { Type } from '../../core/json-schema.ts';
import type { UsageCaps } from '../../domain/usage-cap.ts';
import type { KeyRestriction } from '../../ports/accounts.ts';
import type { KeyUsed } from '../../ports/ledger.ts';
import { NULLABLE_COUNT, shapeCaps } from './credential-shape.ts';

type Counts = Readonly<Record<string, number | null>>;

const OF_CAPS = {
  calls_per_day: NULLABLE_COUNT,
  calls_per_month: NULLABLE_COUNT,
  minor_per_day: NULLABLE_COUNT,
  minor_per_month: NULLABLE_COUNT,
};
const OF_CREDENTIAL = { limited_amount: NULLABLE_COUNT, ...OF_CAPS };
const USED = { description: 'Of each limit that is set, up to the last charged call.' };
const REMAINING = { description: 'What is left of each limit that is set.' };

export const CAPS_LEFT = { used: Type.Object(OF_CAPS, USED), remaining: Type.Object(OF_CAPS, REMAINING) };
export const CREDENTIAL_LEFT = {
  used: Type.Object(OF_CREDENTIAL, USED),
  remaining: Type.Object(OF_CREDENTIAL, REMAINING),
};

export function shapeCapsLeft(caps: UsageCaps | undefined, used: UsageCaps | undefined) {
  return compare(shapeCaps(caps), shapeCaps(used));
}

export function shapeCredentialLeft(restriction: KeyRestriction | undefined, used: KeyUsed | undefined) {
  return compare(
    { limited_amount: restriction?.callsMax ?? null, ...shapeCaps(restriction?.caps) },
    { limited_amount: used?.calls ?? null, ...shapeCaps(used?.caps) },
  );
}

/** A limit may have been set below what was used already. */
function compare(limits: Counts, counted: Counts): { readonly used: Counts; readonly remaining: Counts } {
  const rows = Object.entries(limits).map(([name, limit]) => ({ name, limit, used: counted[name] ?? 0 }));
  return {
    used: Object.fromEntries(rows.map(({ name, limit, used }) => [name, limit === null ? null : used])),
    remaining: Object.fromEntries(
      rows.map(({ name, limit, used }) => [name, limit === null ? null : Math.max(0, limit - used)]),
    ),
  };
}
