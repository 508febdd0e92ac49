// Usage put together: the derived view over one data directory, and the wire tables as the catalogue takes them. The same
// for the server and for the commands, which project by themselves whether a server runs or not.

import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { FAULTS, type FaultCode } from '../domain/fault.ts';
import type { WireApi } from '../management/api-catalogue.ts';
import { LINEPROOF_APIS, LINEPROOF_FACE } from '../management/verifications/face.ts';
import { callStatuses } from '../management/verifications/fault-errors.ts';
import type { Clock } from '../ports/clock.ts';
import { ENDPOINTS } from '../protocols/acedata/endpoints.ts';
import { ERRORS, WIRE_ERRORS } from '../protocols/acedata/faults.ts';
import { WIRE_ACTIONS } from '../protocols/tencent/wire-actions.ts';
import { type OpenUsage, openUsage } from '../storage/sqlite/usage/open-usage.ts';

const DAY_MS = 86_400_000;
const CSV_ROWS_MAX = 1_000_000;

export const WIRE_APIS: readonly WireApi[] = [
  ...ENDPOINTS.map(({ path, action }): WireApi => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { protocol: 'acedata', action, name, method: 'POST', path };
  }),
  ...WIRE_ACTIONS.map(({ name, version, action }): WireApi => {
    const path = `/tencent?Action=${name}&Version=${version}`;
    return { protocol: 'tencent', action, name, method: 'POST', path };
  }),
  ...LINEPROOF_APIS,
];

export interface UsageOfOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<
    Configuration,
    'acedataProfile' | 'usageKeepDays' | 'usageTimeoutMs' | 'usageQuestionsMax'
  >;
  /** The ledger's. */
  readonly timeZone: string;
  /** That the ledger's heads must be signed with, where the master key is at hand. */
  readonly publicKey?: string;
  readonly clock: Clock;
  readonly flushLog?: () => Promise<void>;
  readonly onError: (message: string) => void;
}

export function openUsageOf(options: UsageOfOptions): OpenUsage {
  const { paths, configuration, timeZone, clock, flushLog, publicKey, onError } = options;
  const apiNames: Record<string, Record<string, string>> = {};
  for (const { protocol, action, path } of WIRE_APIS)
    apiNames[protocol] = { ...apiNames[protocol], [action]: path };
  return openUsage({
    usagePath: paths.usage,
    projector: {
      ledgerPath: paths.ledger,
      callsPath: paths.calls,
      timeZone,
      // Tencent's answers are all told with 200.
      statusCodes: {
        acedata: aceDataStatuses(configuration.acedataProfile),
        [LINEPROOF_FACE.name]: callStatuses(),
      },
      keepMs: configuration.usageKeepDays * DAY_MS,
    },
    csv: { apiNames, timeZone, rowsMax: CSV_ROWS_MAX },
    ledger: {
      ...{ ledgerPath: paths.ledger, headsPath: paths.ledgerHeads, timeZone },
      ...(publicKey === undefined ? {} : { publicKey }),
    },
    clock,
    deadlineMs: configuration.usageTimeoutMs,
    questionsMax: configuration.usageQuestionsMax,
    ...(flushLog === undefined ? {} : { flushLog }),
    onError,
  });
}

function aceDataStatuses(profile: string): Record<string, number> {
  const generation = profile === 'current' ? 'current' : 'seed';
  const statuses: Record<string, number> = {};
  for (const fault of Object.keys(FAULTS) as FaultCode[]) {
    const error = WIRE_ERRORS[fault];
    const code = typeof error === 'string' ? error : error.code;
    statuses[fault] = ERRORS[code][generation];
  }
  return statuses;
}
