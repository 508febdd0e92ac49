// The signed route of the Tencent protocol: authenticate and parse, execute, render. Failures are answers too; a defect is
// rendered without detail and logged under its request id.

import type { CallRecorder } from './app-call-recorder.ts';
import type { Call } from './core/call.ts';
import type { Execute } from './core/execute.ts';
import { Fault } from './domain/fault.ts';
import type { Clock } from './ports/clock.ts';
import type { Random } from './ports/random.ts';
import {
  CONTENT_TYPE,
  isTencentRequest,
  type TencentProtocol,
  type TencentRequest,
  traceIdOf,
} from './protocols/tencent/index.ts';
import type { HotAnswer, HotRequest, HotRoute } from './server/hot-route.ts';

export interface TencentRouteOptions {
  readonly protocol: TencentProtocol;
  readonly execute: Execute;
  readonly recorder: CallRecorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly bodyMaxBytes: number;
}

const PLAIN_HEADERS = ['Content-Type', CONTENT_TYPE];

export function createTencentRoute(options: TencentRouteOptions): HotRoute {
  const { protocol, execute, recorder, clock, random } = options;

  function toWire(body: string, rawHeaders: readonly string[]): HotAnswer {
    const traceId = traceIdOf(rawHeaders);
    return {
      headers: traceId === undefined ? PLAIN_HEADERS : [...PLAIN_HEADERS, 'X-TC-TraceId', traceId],
      body,
    };
  }

  function refuse(error: unknown, request: TencentRequest, call: Call | undefined): string {
    recorder.refused(error, request, call);
    return protocol.renderFault(error, request, call);
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
        recorder.concluded(request, call, conclusion.outcome);
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
