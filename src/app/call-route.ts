// The route of a protocol: authenticate and parse, execute, render. Failures are answers too; a defect is rendered without
// detail and logged under its request id. The same for every protocol.

import type { Call } from '../core/call.ts';
import type { Execute } from '../core/execute.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { Fault } from '../domain/fault.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { HotAnswer, HotRequest, HotRoute } from '../server/hot-route.ts';
import type { CallRecorder } from './call-recorder.ts';

type IdentifiedRequest = HotRequest & { readonly requestId: string };

/** What a protocol renders, before it is an answer. */
interface RoutedProtocol<Rendered> {
  readCall(request: IdentifiedRequest): Call;
  renderConclusion(call: Call, conclusion: Conclusion): Rendered;
  renderFault(error: unknown, request: IdentifiedRequest, call: Call | undefined): Rendered;
}

export interface CallRouteOptions<Rendered> {
  readonly protocol: RoutedProtocol<Rendered>;
  readonly matches: HotRoute['matches'];
  readonly toAnswer: (rendered: Rendered, rawHeaders: readonly string[]) => HotAnswer;
  readonly execute: Execute;
  readonly recorder: CallRecorder;
  /** Told of every request that is refused; undefined where nobody wants to know. */
  readonly onRefused?: (error: unknown, request: IdentifiedRequest) => void;
  readonly clock: Clock;
  readonly random: Random;
  /** Of what is read at all; the protocol's own limit may be lower. */
  readonly bodyMaxBytes: number;
}

export function createCallRoute<Rendered>(options: CallRouteOptions<Rendered>): HotRoute {
  const { protocol, matches, toAnswer, execute, recorder, clock, random, bodyMaxBytes } = options;

  function refuse(error: unknown, request: IdentifiedRequest, call: Call | undefined): HotAnswer {
    recorder.refused(error, request, call);
    options.onRefused?.(error, request);
    return toAnswer(protocol.renderFault(error, request, call), request.rawHeaders);
  }

  return {
    bodyMaxBytes,
    nowMs: () => clock.nowMs(),
    matches,
    async answer(hot) {
      const request = { ...hot, requestId: random.uuid() };
      let call: Call | undefined;
      try {
        call = protocol.readCall(request);
        const conclusion = await execute(call);
        const answer = toAnswer(protocol.renderConclusion(call, conclusion), hot.rawHeaders);
        recorder.concluded(request, call, conclusion.outcome);
        return answer;
      } catch (error) {
        return refuse(error, request, call);
      }
    },
    refuse: (hot, reason) => refuse(new Fault(reason), { ...hot, requestId: random.uuid() }, undefined),
  };
}
