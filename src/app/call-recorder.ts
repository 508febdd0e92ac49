// What is kept of each call besides the ledger: metrics, the request log, the call log of requests that became no call.
// The same for every protocol.

import type { Call } from '../core/call.ts';
import { KnownCallerFault } from '../core/known-caller-fault.ts';
import { FAULTS, Fault } from '../domain/fault.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { FailureLog } from '../server/failure-log.ts';
import { type CallMeasureOptions, createCallMeasure } from './call-measure.ts';

export interface CallRecorderOptions extends CallMeasureOptions {
  readonly ledger: Pick<Ledger, 'logCall'>;
  readonly failures: FailureLog;
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
  const { protocol, ledger, clock, log, failures } = options;

  const measure = createCallMeasure(options);

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
      measure({
        requestId: request.requestId,
        receivedAtMs: request.receivedAtMs,
        action: call.action.name,
        account: call.key.account,
        kind: 'outcome',
        result: outcome,
      });
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
      measure({
        requestId: request.requestId,
        receivedAtMs: request.receivedAtMs,
        action: call?.action.name ?? known?.action ?? '',
        account: (call ?? known)?.key.account,
        kind: 'fault',
        result,
      });
    },
  };
}
