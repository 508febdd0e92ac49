// Asks the local registry one question as a call would, without account, charge or ledger. The look-up is in the audit
// log before it is answered.

import { existsSync } from 'node:fs';
import { ACTIONS } from '../actions/index.ts';
import { deriveKey } from '../codecs/key-derivation.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import type { ActionContext } from '../core/action.ts';
import { NO_VERIFICATIONS } from '../core/no-verifications.ts';
import { compileSchema } from '../core/schema.ts';
import { createCalendar } from '../domain/calendar-date.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { parseMsisdn } from '../domain/msisdn.ts';
import type { Account } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { findResult } from '../protocols/tencent/outcomes.ts';
import { createRegistrySource } from '../sources/registry/create-registry-source.ts';
import { openKeyVault } from '../storage/sqlite/accounts/key-vault.ts';
import { openNumberRanges } from '../storage/sqlite/registry/open-number-ranges.ts';
import { openSubscriberLookup } from '../storage/sqlite/registry/open-subscriber-lookup.ts';
import { noteAct, noteActOnNumber } from './audit.ts';
import { openMasterKey } from './master-key.ts';
import { timeZoneOf } from './time-zone.ts';

export interface CheckOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  /** Who asks, for the audit log. */
  readonly actor: string;
}

export interface Checked {
  readonly conclusion: Conclusion;
  /** Would a live call have been charged? */
  readonly charged: boolean;
  /** The outcome's code on the wire, where the action has one. */
  readonly result: string | undefined;
}

/** The question cannot be asked; the message says why. */
export class CheckError extends Error {}

const OPERATOR: Account = {
  id: 0,
  accountId: '0',
  name: 'operator',
  state: 'active',
  sandbox: false,
  services: new Set(),
  ratePerSecond: undefined,
  dailyLimit: undefined,
  caps: undefined,
  kmsGrant: false,
};

/** Actions that ask the registry, by our own names. */
export const CHECKABLE_ACTIONS: readonly string[] = ACTIONS.filter(({ input }) =>
  Object.hasOwn(input.properties, 'msisdn'),
).map(({ name }) => name);

export async function checkRegistry(
  options: CheckOptions,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Checked> {
  const { paths, configuration, clock, random } = options;
  const action = ACTIONS.find((one) => one.name === name && CHECKABLE_ACTIONS.includes(name));
  if (action === undefined) throw new CheckError(`${name} does not ask the registry`);
  if (!existsSync(paths.registry))
    throw new CheckError(`there is no registry in ${paths.directory}: registry import brings records`);
  const unknown = Object.keys(input).filter((field) => !Object.hasOwn(action.input.properties, field));
  compileSchema(action.input)(input, unknown);
  noteLookUp(options, name, input);
  const master = openMasterKey(options);
  const lookup = openSubscriberLookup({ path: paths.registry, clock });
  const ranges = openNumberRanges({ path: paths.registry, clock });
  const vault = openKeyVault({
    path: paths.accounts,
    sealKey: deriveKey(master, 'kms'),
    clock,
    random,
    keysPerAccountMax: configuration.kmsKeysPerAccount,
  });
  try {
    const context: ActionContext = {
      account: OPERATOR,
      clock,
      random,
      source: createRegistrySource({ lookup, blindIndexKey: deriveKey(master, 'blind-index') }),
      ranges,
      vault,
      verifications: NO_VERIFICATIONS,
      asker: () => ({ account: OPERATOR, keyId: 0, requestId: '', nowMs: clock.nowMs(), address: '' }),
      today: createCalendar(timeZoneOf(options))(clock.nowMs()),
      rules: {
        region: configuration.region,
        tenureMonths: configuration.tenureMonths,
        coverage: configuration.registryCoverage === 'complete' ? 'complete' : 'partial',
        timeZone: timeZoneOf(options),
      },
    };
    const prepared = action.prepare(input, context);
    const conclusion = await (prepared.kind === 'question' ? prepared.ask() : prepared.conclusion);
    const { outcome } = conclusion;
    return {
      conclusion,
      charged: action.outcomes[outcome]?.charged ?? false,
      result: findResult(name, outcome)?.result,
    };
  } finally {
    for (const file of [lookup, ranges, vault]) file.close();
  }
}

function noteLookUp(
  options: CheckOptions,
  action: string,
  { msisdn }: Readonly<Record<string, unknown>>,
): void {
  const number = parseMsisdn(String(msisdn ?? ''), options.configuration.region);
  if (number === undefined)
    noteAct(options, { act: 'registry.look-up', subject: 'no number', after: { action } });
  else noteActOnNumber(options, 'registry.look-up', number, { action });
}
