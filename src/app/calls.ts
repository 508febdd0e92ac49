// The recent calls of an account: what the ledger holds, and between it what the call log has of faults and of the
// sandbox. That somebody looked is in the audit log first. Works while a server runs on the same directory.

import { existsSync } from 'node:fs';
import type { Configuration } from '../config/options.ts';
import { FAULTS } from '../domain/fault.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import type { LoggedCall } from '../ports/ledger.ts';
import { readAccountNames } from '../storage/sqlite/accounts/account-names.ts';
import type { Entry } from '../storage/sqlite/ledger/entry.ts';
import { readLatestCallEntries, readLatestLoggedCalls } from '../storage/sqlite/ledger/read-calls.ts';
import { type AuditOptions, noteAct } from './audit.ts';
import { timeZoneOf } from './time-zone.ts';

export interface RecentCallsOptions extends AuditOptions {
  readonly configuration: AuditOptions['configuration'] & Pick<Configuration, 'timeZone'>;
}

export interface RecentCall {
  readonly time: string;
  readonly secretId: string;
  readonly requestId: string;
  readonly protocol: string;
  /** Empty when the request was refused before its action was known. */
  readonly action: string;
  /** One of the two. */
  readonly outcome: string | null;
  readonly fault: string | null;
  readonly resultCode: string;
  readonly sandbox: boolean;
  readonly charged: boolean;
  readonly priceMinor: number;
  readonly paidBy: string;
  /** Its entry in the ledger; null for what only the call log has. */
  readonly seq: number | null;
  /** Known of the call log only. */
  readonly durationMs: number | null;
}

/** There is no such account; the message says what to do. */
export class UnknownAccountError extends Error {}

/** Newest first. */
export function recentCallsOf(options: RecentCallsOptions, accountId: string, limit: number): RecentCall[] {
  const { paths, configuration } = options;
  const { accountIds, secretIds } = readAccountNames(paths.accounts);
  const account = [...accountIds].find(([, name]) => name === accountId)?.[0];
  if (account === undefined)
    throw new UnknownAccountError(`there is no account ${accountId}: account list shows them`);
  noteAct(options, { act: 'account.calls', subject: accountId, after: { limit } });
  const entries = existsSync(paths.ledger) ? readLatestCallEntries(paths.ledger, account, limit) : [];
  const logged = existsSync(paths.calls) ? readLatestLoggedCalls(paths.calls, account, limit) : [];
  const formatTime = createTimeFormat(timeZoneOf({ paths, configuration }));
  return [...logged, ...entries]
    .sort((one, other) => other.timeMs - one.timeMs)
    .slice(0, limit)
    .map((call) => {
      const { timeMs, requestId, protocol, action, resultCode } = call;
      const isEntry = 'seq' in call;
      const key = isEntry ? call.key : call.keyId;
      return {
        time: formatTime(timeMs),
        secretId: secretIds.get(key) ?? `#${key}`,
        requestId,
        protocol,
        action,
        resultCode,
        ...(isEntry ? describeEntry(call) : describeLogged(call)),
      };
    });
}

function describeEntry({ outcome, charged, priceMinor, paidBy, seq }: Entry) {
  return { outcome, fault: null, sandbox: false, charged, priceMinor, paidBy, seq, durationMs: null };
}

function describeLogged({ outcome, sandbox, durationUs }: LoggedCall) {
  const isFault = Object.hasOwn(FAULTS, outcome);
  return {
    outcome: isFault ? null : outcome,
    fault: isFault ? outcome : null,
    sandbox,
    charged: false,
    priceMinor: 0,
    paidBy: 'none',
    seq: null,
    durationMs: durationUs / 1000,
  };
}
