// Calls of the Explorer: each takes the very route that a call over the wire takes, signed inside with the key's stored secret,
// and comes back without anything that signs.

import type { Execute } from '../core/execute.ts';
import type { ExplorerCall, ExplorerExchange } from '../management/explorer/context.ts';
import { ManagementError } from '../management/route.ts';
import { LINEPROOF_APIS } from '../management/verifications/face.ts';
import type { ApiKey, FoundToken } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { ENDPOINTS } from '../protocols/acedata/endpoints.ts';
import type { createAceDataProtocol } from '../protocols/acedata/index.ts';
import { type createTencentProtocol, toAnswer } from '../protocols/tencent/index.ts';
import { WIRE_ACTIONS } from '../protocols/tencent/wire-actions.ts';
import { placeInput } from '../samples/place-input.ts';
import type { HotAnswer, HotRoute } from '../server/hot-route.ts';
import type { AnswerInside } from '../server/inside-calls.ts';
import type { CallRecorder } from './call-recorder.ts';
import { createCallRoute } from './call-route.ts';
import { IDEMPOTENCY_HEADER } from './lineproof-view.ts';
import type { SettlementWatch } from './settlement-watch.ts';
import { signCall } from './sign.ts';

export interface ExplorerCallsOptions {
  readonly execute: Execute;
  readonly clock: Clock;
  readonly random: Random;
  readonly bodyMaxBytes: number;
  readonly tencent: ReturnType<typeof createTencentProtocol>;
  /** AceData's protocol over a directory of one's own: stores know tokens by their hash alone. */
  readonly createAceData: (
    findToken: (token: string) => FoundToken,
  ) => ReturnType<typeof createAceDataProtocol>;
  /** Our own calls. */
  readonly answerInside: AnswerInside;
  readonly recorderOf: (protocol: string) => CallRecorder;
  readonly watch: SettlementWatch;
}

interface Prepared {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Shown in place of the Authorization header. */
  readonly scheme: string;
  readonly route: (requestId: string) => Pick<HotRoute, 'answer'>;
  readonly done: () => void;
}

const TOKEN_BYTES = 32;

export function createExplorerCalls(options: ExplorerCallsOptions) {
  const { execute, clock, random, bodyMaxBytes, watch } = options;
  /** Tokens that live for one call inside this process. */
  const inside = new Map<string, ApiKey>();
  const acedata = options.createAceData((token) => {
    const key = inside.get(token);
    return key === undefined ? { kind: 'unknown' } : { kind: 'key', key };
  });
  const recorders = { tencent: options.recorderOf('tencent'), acedata: options.recorderOf('acedata') };
  const shared = { execute, clock, bodyMaxBytes, matches: () => true };
  const randomOf = (requestId: string): Random => ({
    bytes: (length) => random.bytes(length),
    uuid: () => requestId,
  });

  function prepareTencent({ action, input, key, endpoint, language }: ExplorerCall): Prepared | undefined {
    const wire = WIRE_ACTIONS.find(({ name }) => name === action);
    if (wire === undefined) return undefined;
    const body = JSON.stringify(input);
    const { secretId, secretKey } = key;
    const timestampSeconds = Math.floor(clock.nowMs() / 1000);
    const url = new URL('/', endpoint);
    const signed = signCall({ wire, body, url, secretId, secretKey, timestampSeconds });
    return {
      url: '/',
      headers: {
        Host: url.host,
        ...signed,
        ...(language === undefined ? {} : { 'X-TC-Language': language }),
      },
      body,
      scheme: 'TC3-HMAC-SHA256',
      route: (requestId) =>
        createCallRoute({
          ...{ ...shared, random: randomOf(requestId), toAnswer },
          ...{ protocol: options.tencent, recorder: recorders.tencent },
        }),
      done: () => {},
    };
  }

  function prepareAceData({ action, input, key, endpoint, language }: ExplorerCall): Prepared | undefined {
    const found = ENDPOINTS.find(({ path }) => path.slice(path.lastIndexOf('/') + 1) === action);
    if (found === undefined) return undefined;
    const token = random.bytes(TOKEN_BYTES).toString('hex');
    inside.set(token, key);
    return {
      url: found.path,
      headers: {
        Host: endpoint.host,
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        ...(language === undefined ? {} : { 'Accept-Language': language }),
      },
      body: JSON.stringify(input),
      scheme: 'Bearer',
      route: (requestId) =>
        createCallRoute({
          ...{ ...shared, random: randomOf(requestId), toAnswer: (answer: HotAnswer) => answer },
          ...{ protocol: acedata, recorder: recorders.acedata },
        }),
      done: () => inside.delete(token),
    };
  }

  function prepareLineproof({ action, input, key, endpoint, address }: ExplorerCall): Prepared | undefined {
    const found = LINEPROOF_APIS.find((api) => api.action === action);
    if (found === undefined) return undefined;
    const { path, parameters, headers, body } = placeInput(found.path, [IDEMPOTENCY_HEADER], input);
    const [, missing] = /\{(\w+)\}/.exec(path) ?? [];
    if (missing !== undefined) throw new ManagementError('bad_request', `${missing} is missing.`);
    return {
      url: path,
      headers: { Host: endpoint.host, 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
      scheme: 'Bearer',
      route: (requestId) => ({
        answer: ({ receivedAtMs, body: sent }) =>
          options.answerInside({
            ...{ name: action, key, requestId, receivedAtMs, address, parameters, body: sent },
            idempotencyKey: headers[IDEMPOTENCY_HEADER],
          }),
      }),
      done: () => {},
    };
  }

  async function exchange(call: ExplorerCall, prepared: Prepared): Promise<ExplorerExchange> {
    const { url, headers, body, scheme, route, done } = prepared;
    const requestId = random.uuid();
    const followed = watch.follow(requestId);
    const receivedAtMs = clock.nowMs();
    try {
      const rawHeaders = Object.entries(headers).flat();
      const answer = await route(requestId).answer({
        ...{ method: 'POST', url, rawHeaders, receivedAtMs },
        body: Buffer.from(body),
        address: () => call.address,
      });
      return {
        requestId,
        request: {
          method: 'POST',
          url: new URL(url, call.endpoint).href,
          headers: { ...headers, Authorization: `${scheme} ***` },
          body,
        },
        response: {
          status: answer.status ?? 200,
          headers: Object.fromEntries(pairsOf(answer.headers)),
          body: answer.body,
        },
        durationMs: clock.nowMs() - receivedAtMs,
        settlement: followed.settlement(),
      };
    } finally {
      followed.close();
      done();
    }
  }

  const prepare: Readonly<Record<string, (call: ExplorerCall) => Prepared | undefined>> = {
    tencent: prepareTencent,
    acedata: prepareAceData,
    lineproof: prepareLineproof,
  };

  /** Throws a ManagementError where a part of the path is missing. */
  return (call: ExplorerCall): Promise<ExplorerExchange> | undefined => {
    const prepared = prepare[call.protocol]?.(call);
    return prepared === undefined ? undefined : exchange(call, prepared);
  };
}

function* pairsOf(list: readonly string[]): Generator<[string, string]> {
  for (let at = 0; at + 1 < list.length; at += 2) yield [list[at] ?? '', list[at + 1] ?? ''];
}
