// One finished call in metrics and the request log, whatever it was of: a protocol or the management calls.

import type { Account } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Latencies } from '../ports/usage.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';

export interface CallMeasureOptions {
  /** Name of the protocol, as in the ledger; 'management' for the rest. */
  readonly protocol: string;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'measure'>;
  /** Of what is charged or could be; undefined for the rest. */
  readonly latencies?: Latencies | undefined;
  readonly log: Log;
  /** 'none', 'failures' or 'all'. */
  readonly logRequests: string;
}

export interface FinishedCall {
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly action: string;
  /** undefined where nobody known called. */
  readonly account: Account | undefined;
  readonly kind: 'outcome' | 'fault';
  readonly result: string;
}

export type MeasureCall = (call: FinishedCall) => void;

export function createCallMeasure(options: CallMeasureOptions): MeasureCall {
  const { protocol, clock, metrics, latencies, log, logRequests } = options;
  return ({ requestId, receivedAtMs, action, account, kind, result }) => {
    const durationMs = clock.nowMs() - receivedAtMs;
    metrics.measure({ protocol, action, result, kind, durationMs });
    // What the sandbox takes is what its table says.
    if (account?.sandbox === false && action !== '')
      latencies?.noteLatency(account.id, protocol, action, durationMs);
    // A stranger's requests are counted only: whoever finds the port could fill the disk with lines.
    const isFailureOfAccount = kind === 'fault' && account !== undefined;
    if (logRequests !== 'all' && !(logRequests === 'failures' && isFailureOfAccount)) return;
    log.info({ requestId, account: account?.accountId, action, kind, result, durationMs }, 'call');
  };
}
