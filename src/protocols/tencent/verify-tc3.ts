// Does a TC3 signature fit the request? The hot path: the key of a day is derived once per (secret, date, service), and
// the host, path and spelling that fitted this key last are tried first.

import { timingSafeEqual } from 'node:crypto';
import {
  type Authenticate,
  canonicalRequest,
  hashPayload,
  prepareTc3Key,
  type Tc3Authorization,
  tc3TextToSign,
  UNSIGNED_PAYLOAD,
} from '../../codecs/tc3.ts';
import type { ApiKey } from '../../ports/accounts.ts';
import type { Candidate, FindCandidates } from './candidates.ts';
import { findHeader, type RequestHead, type Target, type TencentRequest } from './request.ts';

/** A client uses one or two services a day; more is somebody guessing. */
const DERIVED_KEYS_MAX = 8;
/** Values of Content-Type and of the other signed headers, as sent or in lower case (the documentation does that). */
const SPELLINGS = 4;

interface KeyState {
  readonly derived: Map<string, Authenticate>;
  kind: number;
  spelling: number;
}

export interface Tc3Check {
  readonly request: TencentRequest;
  readonly head: RequestHead;
  readonly target: Target;
  readonly authorization: Tc3Authorization;
  readonly timestamp: string;
  /** UTC date of the timestamp. */
  readonly date: string;
}

export type VerifyTc3 = (key: ApiKey, check: Tc3Check) => boolean;

export function createTc3Verifier(findCandidates: FindCandidates): VerifyTc3 {
  const states = new WeakMap<ApiKey, KeyState>();

  function stateOf(key: ApiKey): KeyState {
    let state = states.get(key);
    if (state === undefined) {
      state = { derived: new Map(), kind: 0, spelling: 0 };
      states.set(key, state);
    }
    return state;
  }

  return function verify(key, check) {
    const { request, head, target, authorization, timestamp, date } = check;
    const { service, signature } = authorization;
    const state = stateOf(key);
    const authenticate = deriveOnce(state.derived, key.secretKey, date, service);
    const payload = head.contentSha256 === UNSIGNED_PAYLOAD ? UNSIGNED_PAYLOAD : request.body;
    const payloadHash = hashPayload(payload);
    const query = request.method === 'GET' ? target.query : '';
    const names = authorization.signedHeaders.join(';');
    const candidates = findCandidates(head.host.trim(), target.path);

    const fits = (candidate: Candidate, spelling: number) => {
      const headers = canonicalHeaders(check, candidate.host, spelling);
      const start = { method: request.method, path: candidate.path, query };
      const canonical = canonicalRequest(start, headers, names, payloadHash);
      const expected = authenticate(tc3TextToSign(timestamp, date, service, canonical));
      return timingSafeEqual(expected, signature);
    };

    const last = candidates.at(state.kind);
    if (last !== undefined && fits(last, state.spelling)) return true;
    const spellings = findSpellings(check);
    for (let kind = 0; kind < candidates.kinds; kind += 1) {
      const candidate = candidates.at(kind);
      if (candidate === undefined) continue;
      for (const spelling of spellings) {
        if (!fits(candidate, spelling)) continue;
        state.kind = kind;
        state.spelling = spelling;
        return true;
      }
    }
    return false;
  };
}

function deriveOnce(derived: Map<string, Authenticate>, secretKey: string, date: string, service: string) {
  const scope = `${date}/${service}`;
  let authenticate = derived.get(scope);
  if (authenticate === undefined) {
    const [oldest] = derived.keys();
    if (oldest !== undefined && derived.size >= DERIVED_KEYS_MAX) derived.delete(oldest);
    authenticate = prepareTc3Key(secretKey, date, service);
    derived.set(scope, authenticate);
  }
  return authenticate;
}

function canonicalHeaders(check: Tc3Check, host: string, spelling: number): string {
  let text = '';
  for (const name of check.authorization.signedHeaders) {
    text += `${name}:${name === 'host' ? host : headerValue(check, name, spelling)}\n`;
  }
  return text;
}

function headerValue(check: Tc3Check, name: string, spelling: number): string {
  const isType = name === 'content-type';
  const sent = isType ? check.head.contentType : (findHeader(check.request.rawHeaders, name) ?? '');
  const value = sent.trim();
  return (spelling & (isType ? 1 : 2)) === 0 ? value : value.toLowerCase();
}

/** Only those that differ for this request. */
function findSpellings(check: Tc3Check): readonly number[] {
  const texts = new Map<string, number>();
  for (let spelling = 0; spelling < SPELLINGS; spelling += 1) {
    const text = canonicalHeaders(check, '', spelling);
    if (!texts.has(text)) texts.set(text, spelling);
  }
  return [...texts.values()];
}
