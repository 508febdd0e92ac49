// Accounts and what happens to them, by chance: few enough numbers and small enough funds and limits that calls are charged,
// refused and limited in every way.

import fc from 'fast-check';
import type { AccountSetup, AskedCall, Caps, KeySetup } from './account-model.ts';
import { ACEDATA_PATHS, LINES, TENCENT_ACTIONS } from './random-calls.ts';

const SERVICES = ['line-status', 'line-tenure', 'identity-match'];
const PRICE_KEYS = [
  ...['line-status', 'line-tenure', 'identity-match', 'identity-match-detailed', 'name-match'],
];

export type Step =
  | { readonly kind: 'call'; readonly call: AskedCall }
  | { readonly kind: 'top-up'; readonly minor: number }
  | { readonly kind: 'grant'; readonly service: string; readonly calls: number };

export interface Story {
  readonly setup: AccountSetup;
  readonly steps: readonly Step[];
}

export const prices: fc.Arbitrary<Readonly<Record<string, number>>> = fc
  .tuple(...PRICE_KEYS.map(() => fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, positive(4, 99))))
  .map((amounts) => Object.fromEntries(PRICE_KEYS.map((key, at) => [key, amounts[at] ?? 0])));

/** Of an account of the sandbox, of a live one, or of a live one that has not acquired every service. */
export function story(kind: 'sandbox' | 'live' | 'without a service', length: number): fc.Arbitrary<Story> {
  return account(kind === 'sandbox', kind === 'without a service' ? SERVICES.slice(1) : SERVICES).chain(
    (setup) =>
      fc.record({
        setup: fc.constant(setup),
        steps: fc.array(step(setup), { minLength: length, maxLength: length }),
      }),
  );
}

function account(sandbox: boolean, services: readonly string[]): fc.Arbitrary<AccountSetup> {
  return fc.record({
    sandbox: fc.constant(sandbox),
    services: fc.constant(services),
    quota: sandbox ? fc.constant(0) : fc.integer({ min: 0, max: 25 }),
    balance: sandbox ? fc.constant(0) : fc.integer({ min: 0, max: 800 }),
    dailyLimit: fc.integer({ min: 3, max: 12 }),
    caps: fc.option(caps(80, 3000), { nil: undefined, freq: 2 }),
    keys: fc.tuple(fc.constant(FREE_KEY), limitedKey, restrictedKey),
  });
}

const FREE_KEY: KeySetup = { service: undefined, actions: undefined, callsMax: undefined, caps: undefined };

const limitedKey: fc.Arbitrary<KeySetup> = fc.record({
  ...{ service: fc.constant(undefined), actions: fc.constant(undefined) },
  callsMax: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined, freq: 2 }),
  caps: fc.option(caps(30, 1000), { nil: undefined, freq: 2 }),
});

const restrictedKey: fc.Arbitrary<KeySetup> = fc.record({
  service: fc.option(fc.constantFrom(...SERVICES), { nil: undefined, freq: 2 }),
  actions: fc.option(fc.shuffledSubarray(Object.keys(TENCENT_ACTIONS), { minLength: 3 }), {
    nil: undefined,
    freq: 2,
  }),
  ...{ callsMax: fc.constant(undefined), caps: fc.constant(undefined) },
});

/** Some of the caps, none of them reached at once. */
function caps(callsMax: number, minorMax: number): fc.Arbitrary<Caps> {
  const calls = fc.integer({ min: callsMax / 2, max: callsMax * 2 });
  const minor = fc.integer({ min: minorMax / 10, max: minorMax });
  return fc.record(
    { callsPerDay: calls, callsPerMonth: calls, minorPerDay: minor, minorPerMonth: minor },
    { requiredKeys: [] },
  );
}

function step({ sandbox, services }: AccountSetup): fc.Arbitrary<Step> {
  const calls = fc.record({ kind: fc.constant('call' as const), call: call() });
  if (sandbox) return calls;
  return fc.oneof(
    { weight: 30, arbitrary: calls },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('top-up' as const), minor: positive(1, 200) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('grant' as const),
        service: fc.constantFrom(...services),
        calls: positive(1, 4),
      }),
    },
  );
}

function call(): fc.Arbitrary<AskedCall> {
  const route = fc.oneof(
    fc.record({
      protocol: fc.constant('tencent' as const),
      action: fc.constantFrom(...Object.keys(TENCENT_ACTIONS)),
    }),
    fc.record({
      protocol: fc.constant('acedata' as const),
      action: fc.constantFrom(...Object.keys(ACEDATA_PATHS)),
    }),
  );
  return fc
    .record({
      route,
      key: fc.constantFrom(0, 0, 0, 1, 1, 2),
      line: fc.constantFrom(...LINES),
      name: fc.constantFrom(...(['right', 'right', 'right', 'wrong', 'malformed'] as const)),
      idCard: fc.constantFrom(...(['right', 'right', 'right', 'wrong', 'malformed'] as const)),
      detailed: fc.boolean(),
      flaw: fc.oneof(
        { weight: 12, arbitrary: fc.constant('none' as const) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            ...(['missing', 'malformed', 'unknown-action', 'not-authentic'] as const),
          ),
        },
      ),
    })
    .map(({ route: chosen, line, ...rest }) => ({ ...chosen, ...line, ...rest }));
}

function positive(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}
