// Usage caps: what an account may use of charged calls at most, a calendar day and a calendar month. An operator sets
// them; when one is reached nothing more is answered, nor charged.

export const USAGE_CAPS = ['callsPerDay', 'callsPerMonth', 'minorPerDay', 'minorPerMonth'] as const;

/** Charged calls, and minor units taken from the balance. Infinity is no cap. */
export type UsageCaps = Readonly<Record<(typeof USAGE_CAPS)[number], number>>;

/** What one key may use, beside the caps of its account. */
export interface KeyLimits {
  /** Charged calls in the key's whole life; Infinity is no limit. */
  readonly callsMax: number;
  readonly caps: UsageCaps;
}

export const NO_CAPS: UsageCaps = {
  callsPerDay: Number.POSITIVE_INFINITY,
  callsPerMonth: Number.POSITIVE_INFINITY,
  minorPerDay: Number.POSITIVE_INFINITY,
  minorPerMonth: Number.POSITIVE_INFINITY,
};
