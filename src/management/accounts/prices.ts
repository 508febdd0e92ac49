// What the catalogue says of prices: for each API, the rules in the order in which they are tried.

import type { ActionDefinition } from '../../core/action.ts';

export interface CostRule {
  /** JsonLogic over the call's fields; {} is every other call. */
  readonly conditions: object;
  readonly consumption: number;
}

/** How a protocol calls the field that prices depend on. */
const MODE_FIELDS: Readonly<Record<string, string>> = { acedata: 'verify_mode', tencent: 'VerifyMode' };

export function costOf(
  action: ActionDefinition | undefined,
  protocol: string,
  prices: Readonly<Record<string, number>>,
): CostRule[] {
  if (action === undefined || !Object.values(action.outcomes).some((row) => row?.charged === true)) return [];
  const usual = action.priceKey({});
  const detailed = action.priceKey({ verifyMode: '1' });
  const rule = (conditions: object, key: string): CostRule => ({ conditions, consumption: prices[key] ?? 0 });
  const condition = { '==': [{ var: MODE_FIELDS[protocol] ?? 'verifyMode' }, '1'] };
  return [...(detailed === usual ? [] : [rule(condition, detailed)]), rule({}, usual)];
}
