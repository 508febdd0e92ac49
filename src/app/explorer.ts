// The Explorer put together: its table, its calls, its doctor and the requests that failed.

import type { ExplorerContext } from '../management/explorer/context.ts';
import type { AccountDirectory } from '../ports/accounts.ts';
import type { Doctor } from '../protocols/tencent/diagnose.ts';
import { ACEDATA_UPSTREAM_VIEW, ACEDATA_VIEW } from './acedata-view.ts';
import { createExplorerCalls, type ExplorerCallsOptions } from './explorer-calls.ts';
import { createExplorerTable } from './explorer-table.ts';
import type { FailedRequests } from './failed-requests.ts';
import { TENCENT_VIEW } from './tencent-view.ts';

export interface ExplorerOptions extends ExplorerCallsOptions {
  readonly directory: Pick<AccountDirectory, 'findKey'>;
  readonly doctor: Doctor;
  readonly failed: FailedRequests;
  readonly configuration: {
    readonly ratePerSecond: number;
    readonly dailyLimit: number;
    readonly acedataIdentityCodes: string;
  };
}

export function createExplorer(
  options: ExplorerOptions,
): Omit<ExplorerContext, 'desk' | 'throttle' | 'accountsOf'> {
  const { configuration, directory, doctor, failed } = options;
  const acedata = configuration.acedataIdentityCodes === 'tencent' ? ACEDATA_UPSTREAM_VIEW : ACEDATA_VIEW;
  let table: ReturnType<typeof createExplorerTable> | undefined;
  return {
    table() {
      table ??= createExplorerTable({
        views: [
          { protocol: 'tencent', view: TENCENT_VIEW },
          { protocol: 'acedata', view: acedata },
        ],
        ratePerSecond: configuration.ratePerSecond,
        dailyLimit: configuration.dailyLimit,
      });
      return table;
    },
    findKey: (secretId) => directory.findKey(secretId),
    call: createExplorerCalls(options),
    diagnose: (request, key, nowMs) => doctor.diagnose(request, key, nowMs, true),
    claimedSecretId: (request) => doctor.claimedSecretId(request),
    failures: (accountIds) => failed.of(accountIds),
  };
}
