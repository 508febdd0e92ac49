// The bearer route of the AceData protocol: authenticate and parse, execute, render. Failures are answers too; a defect is
// rendered without detail and logged under its request id.

import type { CallRecorder } from './app-call-recorder.ts';
import type { Call } from './core/call.ts';
import type { Execute } from './core/execute.ts';
import { Fault } from './domain/fault.ts';
import type { Clock } from './ports/clock.ts';
import type { Random } from './ports/random.ts';
import {
  type AceDataAnswer,
  type AceDataProtocol,
  type AceDataRequest,
  isAceDataRequest,
} from './protocols/acedata/index.ts';
import type { HotRoute } from './server/hot-route.ts';

export interface AceDataRouteOptions {
  readonly protocol: AceDataProtocol;
  readonly execute: Execute;
  readonly recorder: CallRecorder;
  readonly clock: Clock;
  readonly random: Random;
  /** Of what is read at all; the protocol's own limit may be lower. */
  readonly bodyMaxBytes: number;
}

export function createAceDataRoute(options: AceDataRouteOptions): HotRoute {
  const { protocol, execute, recorder, clock, random } = options;

  function refuse(error: unknown, request: AceDataRequest, call: Call | undefined): AceDataAnswer {
    recorder.refused(error, request, call);
    return protocol.renderFault(error, request, call);
  }

  return {
    bodyMaxBytes: options.bodyMaxBytes,
    nowMs: () => clock.nowMs(),
    matches: (_method, url) => isAceDataRequest(url),
    async answer(hot) {
      const request: AceDataRequest = { ...hot, requestId: random.uuid() };
      let call: Call | undefined;
      try {
        call = protocol.readCall(request);
        const conclusion = await execute(call);
        const answer = protocol.renderConclusion(call, conclusion);
        recorder.concluded(request, call, conclusion.outcome);
        return answer;
      } catch (error) {
        return refuse(error, request, call);
      }
    },
    refuse: (hot, reason) => refuse(new Fault(reason), { ...hot, requestId: random.uuid() }, undefined),
  };
}
