// The Explorer put together: its table, its calls, its doctor and the requests that failed.

import type { ExplorerContext } from '../management/explorer/context.ts';
import type { AccountDirectory } from '../ports/accounts.ts';
import type { Doctor } from '../protocols/tencent/diagnose.ts';
import { ACEDATA_UPSTREAM_VIEW, ACEDATA_VIEW } from './acedata-view.ts';
import { readAskedNumber } from './asked-number.ts';
import { createExplorerCalls, type ExplorerCallsOptions } from './explorer-calls.ts';
import { listSandboxInputs } from './explorer-sandbox.ts';
import { createExplorerTable } from './explorer-table.ts';
import type { FailedRequests } from './failed-requests.ts';
import { LINEPROOF_VIEW } from './lineproof-view.ts';
import { TENCENT_VIEW } from './tencent-view.ts';
import type { WireAction } from './wire-view.ts';

export interface ExplorerOptions extends ExplorerCallsOptions {
  readonly directory: Pick<AccountDirectory, 'findKey'>;
  readonly doctor: Doctor;
  readonly failed: FailedRequests;
  readonly configuration: {
    readonly ratePerSecond: number;
    readonly dailyLimit: number;
    readonly acedataIdentityCodes: string;
    readonly region: string;
  };
}

export function createExplorer(
  options: ExplorerOptions,
): Omit<ExplorerContext, 'desk' | 'throttle' | 'accountsOf'> {
  const { configuration, directory, doctor, failed } = options;
  const acedata = configuration.acedataIdentityCodes === 'tencent' ? ACEDATA_UPSTREAM_VIEW : ACEDATA_VIEW;
  const views = [
    { protocol: 'tencent', view: TENCENT_VIEW },
    { protocol: 'acedata', view: acedata },
    { protocol: 'lineproof', view: LINEPROOF_VIEW },
  ];
  function findWire(protocol: string, action: string) {
    const view = views.find((one) => one.protocol === protocol)?.view;
    const wire = view?.actions.find(({ name }) => name === action);
    return view === undefined || wire === undefined ? undefined : { view, wire };
  }
  let table: ReturnType<typeof createExplorerTable> | undefined;
  const inputs = new Map<WireAction, ReturnType<typeof listSandboxInputs>>();
  return {
    table() {
      table ??= createExplorerTable({
        views,
        ratePerSecond: configuration.ratePerSecond,
        dailyLimit: configuration.dailyLimit,
      });
      return table;
    },
    sandboxInputs(protocol, action) {
      const found = findWire(protocol, action);
      if (found === undefined) return undefined;
      const { view, wire } = found;
      const listed = inputs.get(wire) ?? listSandboxInputs(view, wire);
      inputs.set(wire, listed);
      return listed;
    },
    readAskedNumber(protocol, action, input) {
      const found = findWire(protocol, action);
      return found && readAskedNumber(found.wire, input, configuration.region);
    },
    findKey: (secretId) => directory.findKey(secretId),
    call: createExplorerCalls(options),
    diagnose: (request, key, nowMs) => doctor.diagnose(request, key, nowMs, true),
    claimedSecretId: (request) => doctor.claimedSecretId(request),
    failures: (accountIds) => failed.of(accountIds),
  };
}
