// AceData's identity calls as one object: a request becomes an authenticated call, a conclusion or a fault becomes an
// answer. Pure: no socket, no file, no clock; differences from the vendor are in DIVERGENCES.md.

import { parseBoundedJson } from '../../codecs/bounded-json.ts';
import type { ActionDefinition } from '../../core/action.ts';
import type { Call, ProtocolFace } from '../../core/call.ts';
import { nameCaller } from '../../core/known-caller-fault.ts';
import type { Conclusion } from '../../domain/conclusion.ts';
import { Fault } from '../../domain/fault.ts';
import type { AccountDirectory, ApiKey } from '../../ports/accounts.ts';
import { buildAnswer } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { type Endpoint, findEndpoint } from './endpoints.ts';
import type { Profile } from './faults.ts';
import { readIdempotency } from './idempotency.ts';
import { languageOf } from './language.ts';
import { createResults, type IdentityCodes } from './outcomes.ts';
import { readParameters } from './read-parameters.ts';
import { readSealed } from './read-sealed.ts';
import { type AceDataAnswer, renderError, renderSuccess } from './render.ts';
import { type AceDataRequest, pathOf } from './request.ts';
import type { DateOf } from './retry-after.ts';

export type { AceDataAnswer } from './render.ts';
export { type AceDataRequest, isAceDataRequest } from './request.ts';

export interface AceDataOptions {
  readonly directory: Pick<AccountDirectory, 'findToken'>;
  readonly actions: readonly ActionDefinition[];
  readonly profile: Profile;
  readonly identityCodes: IdentityCodes;
  readonly bodyMaxBytes: number;
  /** The calendar date in the configured zone: a day's limit ends with it. */
  readonly dateOf: DateOf;
}

export interface AceDataProtocol {
  readonly face: ProtocolFace;
  /**
   * Throws a Fault where the request is not an authenticated call of a known action; a KnownCallerFault where at least the
   * caller was authenticated.
   */
  readCall(request: AceDataRequest): Call;
  renderConclusion(call: Call, conclusion: Conclusion): AceDataAnswer;
  /** `call` where there was one already; anything that is no Fault is shown as api_error. */
  renderFault(error: unknown, request: AceDataRequest, call: Call | undefined): AceDataAnswer;
}

/** Deeper than any documented body. */
const DEPTH_MAX = 8;
const NONE: readonly string[] = [];

export function createAceDataProtocol(options: AceDataOptions): AceDataProtocol {
  const { directory, profile, dateOf, bodyMaxBytes } = options;
  const findResult = createResults(options.identityCodes);
  const definitions = new Map(options.actions.map((action) => [action.name, action]));
  const face: ProtocolFace = {
    name: 'acedata',
    resultCode: (action, outcome) => findResult(action, outcome)?.result,
  };

  function readCall(request: AceDataRequest): Call {
    let endpoint: Endpoint;
    try {
      endpoint = findEndpoint(request.method, pathOf(request.url));
    } catch (error) {
      throw nameKnown(error, request);
    }
    const key = authenticate(request, directory);
    try {
      return callOf(request, endpoint, key);
    } catch (error) {
      throw nameCaller(error, key, endpoint.action);
    }
  }

  function callOf(request: AceDataRequest, endpoint: Endpoint, key: ApiKey): Call {
    const action = definitions.get(endpoint.action);
    if (action === undefined) throw new Fault('operation_unsupported');
    if (request.body.length > bodyMaxBytes) throw new Fault('body_too_large');
    const body = parseBoundedJson(request.body, DEPTH_MAX);
    if (body === undefined) throw new Fault('body_malformed');
    return {
      requestId: request.requestId,
      receivedAtMs: request.receivedAtMs,
      protocol: face,
      language: languageOf(request),
      key,
      action,
      input: readParameters(body, endpoint),
      unknown: NONE,
      sealed: readSealed(body, endpoint),
      idempotency: readIdempotency(request, endpoint.path),
      address: request.address,
    };
  }

  /** A path that does not exist says so whoever asks, and stands in the call log of who asked. */
  function nameKnown(error: unknown, request: AceDataRequest): unknown {
    try {
      return nameCaller(error, authenticate(request, directory), '');
    } catch (unauthenticated) {
      return unauthenticated instanceof Fault ? error : unauthenticated;
    }
  }

  return {
    face,
    readCall,
    renderConclusion: (call, conclusion) =>
      renderSuccess(
        buildAnswer(
          call.action.name,
          call.input,
          conclusion,
          conclusion.repeats?.language ?? call.language,
          findResult,
        ),
        conclusion.repeats !== undefined,
      ),
    renderFault: (error, request, call) => renderError(error, request, call, profile, dateOf),
  };
}
