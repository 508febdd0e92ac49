// The signed route of the Tencent protocol: authenticate and parse, execute, render. Failures are answers too; a defect is
// rendered without detail and logged under its request id.

import type { Call } from './core/call.ts';
import type { Execute } from './core/execute.ts';
import { KnownCallerFault } from './core/known-caller-fault.ts';
import { FAULTS, Fault } from './domain/fault.ts';
import type { Account } from './ports/accounts.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Random } from './ports/random.ts';
import {
  CONTENT_TYPE,
  isTencentRequest,
  type TencentProtocol,
  type TencentRequest,
  traceIdOf,
} from './protocols/tencent/index.ts';
import type { FailureLog } from './server/failure-log.ts';
import type { HotAnswer, HotRequest, HotRoute } from './server/hot-route.ts';
import type { Log } from './server/log.ts';
import type { Metrics } from './server/metrics.ts';

export interface TencentRouteOptions {
  readonly protocol: TencentProtocol;
  readonly execute: Execute;
  readonly ledger: Pick<Ledger, 'logCall'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly failures: FailureLog;
  /** 'none', 'failures' or 'all'. */
  readonly logRequests: string;
  readonly bodyMaxBytes: number;
}

const PLAIN_HEADERS = ['Content-Type', CONTENT_TYPE];

export function createTencentRoute(options: TencentRouteOptions): HotRoute {
  const { protocol, execute, ledger, clock, random, metrics, log, failures, logRequests } = options;

  function toWire(body: string, rawHeaders: readonly string[]): HotAnswer {
    const traceId = traceIdOf(rawHeaders);
    return {
      headers: traceId === undefined ? PLAIN_HEADERS : [...PLAIN_HEADERS, 'X-TC-TraceId', traceId],
      body,
    };
  }

  function measure(
    request: TencentRequest,
    action: string,
    account: Account | undefined,
    kind: 'outcome' | 'fault',
    result: string,
  ): void {
    const durationMs = clock.nowMs() - request.receivedAtMs;
    metrics.measure({ protocol: 'tencent', action, result, kind, durationMs });
    // A stranger's requests are counted only: whoever finds the port could fill the disk with lines.
    const isFailureOfAccount = kind === 'fault' && account !== undefined;
    if (logRequests !== 'all' && !(logRequests === 'failures' && isFailureOfAccount)) return;
    const { requestId } = request;
    log.info({ requestId, account: account?.accountId, action, kind, result, durationMs }, 'call');
  }

  function refuse(error: unknown, request: TencentRequest, call: Call | undefined): string {
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
    return protocol.renderFault(error, request, call);
  }

  function logRefused({ key, code, action }: KnownCallerFault, request: TencentRequest): void {
    ledger.logCall({
      timeMs: request.receivedAtMs,
      accountId: key.account.id,
      keyId: key.id,
      requestId: request.requestId,
      action,
      protocol: protocol.face.name,
      outcome: code,
      resultCode: '',
      sandbox: key.account.sandbox,
      durationUs: Math.max(0, Math.round((clock.nowMs() - request.receivedAtMs) * 1000)),
    });
  }

  return {
    bodyMaxBytes: options.bodyMaxBytes,
    nowMs: () => clock.nowMs(),
    matches: isTencentRequest,
    async answer(hot) {
      const request: TencentRequest = { ...hot, requestId: random.uuid() };
      let call: Call | undefined;
      let body: string;
      try {
        call = protocol.readCall(request);
        const conclusion = await execute(call);
        body = protocol.renderConclusion(call, conclusion);
        measure(request, call.action.name, call.key.account, 'outcome', conclusion.outcome);
      } catch (error) {
        body = refuse(error, request, call);
      }
      return toWire(body, hot.rawHeaders);
    },
    refuse(hot: HotRequest, reason) {
      const request: TencentRequest = { ...hot, requestId: random.uuid() };
      return toWire(refuse(new Fault(reason), request, undefined), hot.rawHeaders);
    },
  };
}
