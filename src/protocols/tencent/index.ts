// Tencent Cloud API 3.0 as one object: a request becomes an authenticated call, a conclusion or a fault becomes the body of
// an answer. Pure: no socket, no file, no clock; differences from the vendor are in DIVERGENCES.md.

import type { ActionDefinition } from '../../core/action.ts';
import type { Call, Idempotency, Language, ProtocolFace } from '../../core/call.ts';
import { nameCaller } from '../../core/known-caller-fault.ts';
import type { Conclusion } from '../../domain/conclusion.ts';
import { Fault } from '../../domain/fault.ts';
import { isIdempotencyKey } from '../../domain/idempotency-key.ts';
import type { AccountDirectory } from '../../ports/accounts.ts';
import { type AnswerOptions, buildAnswer, DEFAULT_ISPS } from './answer.ts';
import { type Caller, createAuthenticator } from './authenticate.ts';
import { createCandidates } from './candidates.ts';
import { findLanguage, languageOf } from './language.ts';
import { findResult } from './outcomes.ts';
import type { Parameters } from './parameters.ts';
import { readFlat } from './read-flat.ts';
import { readJson } from './read-json.ts';
import { readSealed } from './read-sealed.ts';
import { renderError, renderSuccess } from './render.ts';
import { readHead, splitTarget, type TencentRequest } from './request.ts';
import { createRoutes, type Route } from './routes.ts';
import { CONTENT_TYPE } from './to-answer.ts';
import { createTc3Verifier } from './verify-tc3.ts';
import { createV1Verifier } from './verify-v1.ts';

export { isTencentRequest, type TencentRequest } from './request.ts';
export { toAnswer } from './to-answer.ts';

export interface TencentOptions extends Partial<AnswerOptions> {
  readonly directory: Pick<AccountDirectory, 'findKey'>;
  readonly actions: readonly ActionDefinition[];
  /** Host names that a gateway in front replaces after signing; at most four. */
  readonly extraHosts?: readonly string[];
  readonly defaultLanguage?: Language;
  readonly clockWindowSeconds?: number;
  /** Largest path with query. */
  readonly urlMaxBytes?: number;
  readonly bodyMaxBytes?: number;
  /** Largest form body under the older signature. */
  readonly v1BodyMaxBytes?: number;
}

export interface TencentProtocol {
  readonly face: ProtocolFace;
  /**
   * Throws a Fault where the request is not an authenticated call of a known action; a KnownCallerFault where at least the
   * caller was authenticated.
   */
  readCall(request: TencentRequest): Call;
  renderConclusion(call: Call, conclusion: Conclusion): string;
  /** `call` where there was one already; anything that is no Fault is shown as InternalError. */
  renderFault(error: unknown, request: TencentRequest, call: Call | undefined): string;
}

const MEBIBYTE = 1_048_576;
const MEDIA_TYPE_MAX_LENGTH = 64;

export function createTencentProtocol(options: TencentOptions): TencentProtocol {
  const {
    urlMaxBytes = 32_768,
    bodyMaxBytes = 10 * MEBIBYTE,
    defaultLanguage = 'en',
    vacantStatusCode = 4,
    isps = DEFAULT_ISPS,
  } = options;
  const findCandidates = createCandidates(options.extraHosts ?? []);
  const authenticate = createAuthenticator({
    directory: options.directory,
    verifyTc3: createTc3Verifier(findCandidates),
    verifyV1: createV1Verifier(findCandidates),
    clockWindowSeconds: options.clockWindowSeconds ?? 300,
    v1BodyMaxBytes: options.v1BodyMaxBytes ?? MEBIBYTE,
  });
  const findRoute = createRoutes(options.actions);
  const answerOptions: AnswerOptions = { vacantStatusCode, isps };
  const face: ProtocolFace = {
    name: 'tencent',
    resultCode: (action, outcome) => findResult(action, outcome)?.result,
  };

  function readCall(request: TencentRequest): Call {
    const { method, url, body } = request;
    if (method !== 'POST' && method !== 'GET') throw new Fault('method_unsupported');
    if (url.length > urlMaxBytes || body.length > bodyMaxBytes) throw new Fault('body_too_large');
    const head = readHead(request.rawHeaders);
    const caller = authenticate(request, head, splitTarget(url));
    let route: Route | undefined;
    try {
      route = findRoute(caller.version, caller.action, caller.productHint);
      const parameters = readParameters(caller, route, head.contentType, body);
      const key = method === 'POST' ? head.idempotencyKey : undefined;
      return callOf(request, caller, route, parameters, key);
    } catch (error) {
      throw nameCaller(error, caller.key, route?.definition.name ?? '');
    }
  }

  function callOf(
    request: TencentRequest,
    caller: Caller,
    route: Route,
    parameters: Parameters,
    key: string | undefined,
  ): Call {
    const sealed = findSealed(route, parameters, caller.values !== undefined);
    const call: Call = {
      requestId: request.requestId,
      receivedAtMs: request.receivedAtMs,
      protocol: face,
      language: languageOf(caller.language, defaultLanguage),
      key: caller.key,
      action: route.definition,
      input: parameters.input,
      unknown: parameters.unknown,
      sealed: sealed instanceof Fault ? undefined : sealed,
      idempotency: key === undefined ? undefined : nameQuestion(key, parameters),
      address: request.address,
    };
    return sealed instanceof Fault ? deferFault(call, sealed) : call;
  }

  return {
    face,
    readCall,
    renderConclusion(call, conclusion) {
      const { requestId, language } = conclusion.repeats ?? call;
      const members = buildAnswer(call.action.name, call.input, conclusion, language, answerOptions);
      return renderSuccess(members, requestId);
    },
    renderFault(error, request, call) {
      const language = call?.language ?? findLanguage(request, defaultLanguage);
      return renderError(error, request.requestId, language, call);
    },
  };
}

/** What was asked apart from how it was signed, which differs each time. */
function nameQuestion(key: string, parameters: Parameters): Idempotency {
  if (!isIdempotencyKey(key)) throw new Fault('parameter_value', { field: 'Idempotency-Key' });
  return { key, question: Buffer.from(JSON.stringify(parameters)) };
}

function readParameters(caller: Caller, route: Route, contentType: string, body: Buffer): Parameters {
  if (caller.values !== undefined) return readFlat(caller.values, route.shape);
  const mediaType = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (mediaType === CONTENT_TYPE) return readJson(body, route.shape);
  throw new Fault('content_type_unsupported', { value: mediaType.slice(0, MEDIA_TYPE_MAX_LENGTH) });
}

function findSealed({ wire, shape }: Route, { seals }: Parameters, isForm: boolean) {
  const isStruct = wire.encryption === 'struct';
  try {
    return readSealed(seals, {
      prefix: isStruct ? 'encryption.' : '',
      listRequired: isStruct && !isForm,
      fieldOf: (name) => shape.fields.get(name)?.name,
    });
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/**
 * A defect in how fields are encrypted is met when the core comes to the encrypted fields, not before: rate, activation
 * and plain parameters are judged first.
 */
function deferFault(call: Call, fault: Fault): Call {
  return Object.defineProperty(call, 'sealed', {
    get() {
      throw fault;
    },
  });
}
