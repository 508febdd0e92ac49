// What is kept of each call besides the ledger: metrics, the request log, the call log of requests that became no call.
// The same for every protocol.

import type { Call } from './core/call.ts';
import { KnownCallerFault } from './core/known-caller-fault.ts';
import { FAULTS, Fault } from './domain/fault.ts';
import type { Account } from './ports/accounts.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { FailureLog } from './server/failure-log.ts';
import type { Log } from './server/log.ts';
import type { Metrics } from './server/metrics.ts';

export interface CallRecorderOptions {
  /** Name of the protocol, as in the ledger. */
  readonly protocol: string;
  readonly ledger: Pick<Ledger, 'logCall'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly failures: FailureLog;
  /** 'none', 'failures' or 'all'. */
  readonly logRequests: string;
}

interface Received {
  readonly requestId: string;
  readonly receivedAtMs: number;
}

export interface CallRecorder {
  concluded(request: Received, call: Call, outcome: string): void;
  /** `call` where there was one already. */
  refused(error: unknown, request: Received, call: Call | undefined): void;
}

export function createCallRecorder(options: CallRecorderOptions): CallRecorder {
  const { protocol, ledger, clock, metrics, log, failures, logRequests } = options;

  function measure(
    request: Received,
    action: string,
    account: Account | undefined,
    kind: 'outcome' | 'fault',
    result: string,
  ): void {
    const durationMs = clock.nowMs() - request.receivedAtMs;
    metrics.measure({ protocol, action, result, kind, durationMs });
    // A stranger's requests are counted only: whoever finds the port could fill the disk with lines.
    const isFailureOfAccount = kind === 'fault' && account !== undefined;
    if (logRequests !== 'all' && !(logRequests === 'failures' && isFailureOfAccount)) return;
    const { requestId } = request;
    log.info({ requestId, account: account?.accountId, action, kind, result, durationMs }, 'call');
  }

  function logRefused({ key, code, action }: KnownCallerFault, request: Received): void {
    ledger.logCall({
      timeMs: request.receivedAtMs,
      accountId: key.account.id,
      keyId: key.id,
      requestId: request.requestId,
      action,
      protocol,
      outcome: code,
      resultCode: '',
      sandbox: key.account.sandbox,
      durationUs: Math.max(0, Math.round((clock.nowMs() - request.receivedAtMs) * 1000)),
    });
  }

  return {
    concluded(request, call, outcome) {
      measure(request, call.action.name, call.key.account, 'outcome', outcome);
    },
    refused(error, request, call) {
      const result = error instanceof Fault ? error.code : 'internal';
      if (!(error instanceof Fault))
        log.error({ requestId: request.requestId, err: error }, 'a call met a defect');
      else if (FAULTS[error.code].blame === 'us' && error.cause !== undefined)
        failures.report('a call could not be served', { requestId: request.requestId, err: error });
      // What became a call has been logged by the pipeline.
      const known = call === undefined && error instanceof KnownCallerFault ? error : undefined;
      if (known !== undefined) logRefused(known, request);
      const action = call?.action.name ?? known?.action ?? '';
      measure(request, action, (call ?? known)?.key.account, 'fault', result);
    },
  };
}
