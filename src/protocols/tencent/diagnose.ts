// The signature doctor: which step of a refused signature differs, and why. Tries what clients are known to do against the
// stored secret, and says only which habit fits: never a text, key or signature that the caller did not send.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseForm } from '../../codecs/form.ts';
import {
  canonicalRequest,
  hashPayload,
  parseTc3Authorization,
  TC3_ALGORITHM,
  type Tc3Authorization,
  tc3Date,
  tc3TextToSign,
  UNSIGNED_PAYLOAD,
} from '../../codecs/tc3.ts';
import { v1Method, v1Signature } from '../../codecs/tencent-v1.ts';
import type { Diagnosis, FailingRequest, KeyFound } from '../../domain/diagnosis.ts';
import type { ApiKey } from '../../ports/accounts.ts';
import { isFormType } from './authenticate.ts';
import { createCandidates } from './candidates.ts';
import type { Habit } from './habits.ts';
import { TC3_HABITS, type Tc3Texts } from './habits-tc3.ts';
import { V1_HABITS, type V1Texts } from './habits-v1.ts';
import { findHeader, readHead, splitTarget, type TencentRequest } from './request.ts';
import { createVerdicts } from './verdicts.ts';
import { createTc3Verifier } from './verify-tc3.ts';
import { createV1Verifier } from './verify-v1.ts';

export interface DoctorOptions {
  readonly extraHosts: readonly string[];
  readonly clockWindowSeconds: number;
}

export interface Doctor {
  /** `thorough` also tries two habits together, which takes some milliseconds. */
  diagnose(request: FailingRequest, key: ApiKey | KeyFound, nowMs: number, thorough: boolean): Diagnosis;
  /** The SecretId that a request names, whoever wrote it there. */
  claimedSecretId(request: FailingRequest): string | undefined;
}

const FORM_LIMITS = { maxPairs: 256, maxNameLength: 256 };
/** Above this in all, pairs of habits and rewritten contents would take too long to try. */
const SMALL_MAX_LENGTH = 8192;
const SECONDS = /^\d{1,12}$/;

interface Pasted {
  readonly wire: TencentRequest;
  readonly authorization: string | undefined;
  readonly values: ReadonlyMap<string, string>;
}

export function createDoctor({ extraHosts, clockWindowSeconds }: DoctorOptions): Doctor {
  const findCandidates = createCandidates(extraHosts);
  const verifyTc3 = createTc3Verifier(findCandidates);
  const verifyV1 = createV1Verifier(findCandidates);

  function diagnose(
    request: FailingRequest,
    key: ApiKey | KeyFound,
    nowMs: number,
    thorough: boolean,
  ): Diagnosis {
    const pasted = readPasted(request);
    if (pasted.authorization?.startsWith(`${TC3_ALGORITHM} `) === true)
      return diagnoseTc3(pasted, key, nowMs, thorough);
    return diagnoseV1(pasted, key, nowMs, thorough);
  }

  function diagnoseTc3(
    { wire, authorization = '', values }: Pasted,
    key: ApiKey | KeyFound,
    nowMs: number,
    thorough: boolean,
  ) {
    const verdicts = createVerdicts(TC3_ALGORITHM);
    const head = readHead(wire.rawHeaders);
    const parsed = parseTc3Authorization(authorization);
    const timestamp = head.timestamp ?? values.get('Timestamp') ?? '';
    verdicts.judgeTime(timestamp, nowMs, clockWindowSeconds);
    verdicts.judgeKey(key);
    verdicts.judgeToken(head.token);
    if (typeof parsed === 'string') {
      verdicts.malformed(parsed);
      return verdicts.conclude(false);
    }
    verdicts.wellFormed([...(head.action ? [] : ['X-TC-Action']), ...(head.version ? [] : ['X-TC-Version'])]);
    if (!SECONDS.test(timestamp)) return verdicts.conclude(false);
    const date = tc3Date(Number(timestamp));
    verdicts.judgeScope(parsed.date === date);
    verdicts.judgeSignedHeaders(
      parsed.signedHeaders.filter((name) => findHeader(wire.rawHeaders, name) === undefined),
    );
    verdicts.judgeRegion(findHeader(wire.rawHeaders, 'x-tc-region'));
    if (typeof key === 'string') return verdicts.conclude(false);
    const target = splitTarget(wire.url);
    const check = { request: wire, head, target, authorization: parsed, timestamp, date };
    if (verifyTc3(key, check)) return verdicts.conclude(parsed.date === date);
    const unsigned = head.contentSha256 === UNSIGNED_PAYLOAD;
    const start = {
      method: wire.method,
      query: wire.method === 'GET' ? target.query : '',
      sentQuery: target.query,
      contentType: head.contentType.trim(),
      payload: unsigned ? UNSIGNED_PAYLOAD : wire.body.toString(),
      ...{
        timestamp,
        date,
        service: parsed.service,
        secretKey: key.secretKey,
        prefix: 'TC3',
        blankLine: '\n',
      },
    };
    const starts = candidatesOf(head.host.trim(), target.path).map((one) => ({ ...start, ...one }));
    const small = isSmall(wire);
    const habits = TC3_HABITS.filter(({ step }) => step !== 'payload' || small);
    const fits = createTc3Trial(parsed, wire.rawHeaders);
    verdicts.explain(findHabits(starts, habits, thorough && small, fits));
    return verdicts.conclude(false);
  }

  function diagnoseV1({ wire, values }: Pasted, key: ApiKey | KeyFound, nowMs: number, thorough: boolean) {
    const isSigned = values.has('SecretId') || values.has('Signature');
    const algorithm = v1Method(values.get('SignatureMethod'));
    const verdicts = createVerdicts(isSigned ? algorithm : 'none');
    if (!isSigned) {
      verdicts.malformed('Authorization');
      return verdicts.conclude(false);
    }
    verdicts.wellFormed(
      ['Action', 'Version', 'Timestamp', 'Nonce', 'SecretId', 'Signature'].filter(
        (name) => !values.get(name),
      ),
    );
    verdicts.judgeTime(values.get('Timestamp') ?? '', nowMs, clockWindowSeconds);
    verdicts.judgeKey(key);
    verdicts.judgeToken(values.get('Token'));
    verdicts.judgeRegion(values.get('Region'));
    if (typeof key === 'string') return verdicts.conclude(false);
    const head = readHead(wire.rawHeaders);
    const { path } = splitTarget(wire.url);
    const start = { method: wire.method, host: head.host, path, parameters: values };
    if (verifyV1(key, start)) return verdicts.conclude(true);
    const sent = values.get('Signature') ?? '';
    const restored = new Map([...values, ['Signature', sent.replaceAll(' ', '+')]]);
    if (sent.includes(' ') && verifyV1(key, { ...start, parameters: restored })) {
      verdicts.plusAsSpace();
      return verdicts.conclude(false);
    }
    const pairs = [...values].filter(([name]) => name !== 'Signature').sort(([a], [b]) => (a < b ? -1 : 1));
    const starts = candidatesOf(head.host.trim(), path).map(
      (one): V1Texts => ({
        method: wire.method,
        ...one,
        parameters: pairs,
        algorithm,
        secretKey: key.secretKey,
      }),
    );
    const signature = Buffer.from(sent, 'base64');
    const inOrder: Habit<V1Texts> = {
      step: 'parameters',
      finding: 'not_sorted',
      en: 'The client signed the parameters in the order in which it sent them; they must be sorted by name.',
      zh: '客户端按发送顺序签名参数，应按名称排序。',
      change: (signed) => ({ ...signed, parameters: [...values].filter(([name]) => name !== 'Signature') }),
    };
    const small = isSmall(wire);
    const habits = [...V1_HABITS, inOrder].filter(({ step }) => step !== 'parameters' || small);
    verdicts.explain(findHabits(starts, habits, thorough && small, (texts) => fitsV1(texts, signature)));
    return verdicts.conclude(false);
  }

  function candidatesOf(host: string, path: string) {
    const candidates = findCandidates(host, path);
    return Array.from({ length: candidates.kinds }, (_, kind) => candidates.at(kind)).filter(
      (one) => one !== undefined,
    );
  }

  return {
    diagnose,
    claimedSecretId(request) {
      const { authorization, values } = readPasted(request);
      if (authorization?.startsWith(`${TC3_ALGORITHM} `) !== true) return values.get('SecretId');
      const parsed = parseTc3Authorization(authorization);
      return typeof parsed === 'string'
        ? /Credential=([^/,\s]{1,128})/.exec(authorization)?.[1]
        : parsed.secretId;
    },
  };
}

function readPasted({ method, url, headers, body }: FailingRequest): Pasted {
  const rawHeaders = headers.flat();
  const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (host !== undefined && findHeader(rawHeaders, 'host') === undefined) rawHeaders.push('Host', host);
  const wire: TencentRequest = {
    ...{ requestId: '', method: method.toUpperCase(), url, rawHeaders, receivedAtMs: 0 },
    body: Buffer.from(body),
  };
  const isForm = wire.method === 'GET' || isFormType(findHeader(rawHeaders, 'content-type') ?? '');
  const parsed = isForm
    ? parseForm(wire.method === 'GET' ? splitTarget(url).query : body, FORM_LIMITS)
    : undefined;
  return {
    wire,
    authorization: findHeader(rawHeaders, 'authorization'),
    values: parsed === undefined || typeof parsed === 'string' ? new Map() : parsed,
  };
}

function isSmall({ url, rawHeaders, body }: TencentRequest): boolean {
  const headers = rawHeaders.reduce((length, text) => length + text.length, 0);
  return url.length + headers + body.length <= SMALL_MAX_LENGTH;
}

/** The first habit that fits, or two together; undefined where none does. */
function findHabits<Texts>(
  starts: readonly Texts[],
  habits: readonly Habit<Texts>[],
  thorough: boolean,
  fits: (texts: Texts) => boolean,
): readonly Habit<Texts>[] | undefined {
  for (const start of starts)
    for (const habit of habits) {
      const changed = habit.change(start);
      if (changed !== undefined && fits(changed)) return [habit];
    }
  if (!thorough) return undefined;
  for (const start of starts.slice(0, 2))
    for (const [at, first] of habits.entries()) {
      const once = first.change(start);
      if (once === undefined) continue;
      for (const second of habits.slice(at + 1)) {
        if (second.step === first.step) continue;
        const twice = second.change(once);
        if (twice !== undefined && fits(twice)) return [first, second];
      }
    }
  return undefined;
}

function createTc3Trial(authorization: Tc3Authorization, rawHeaders: readonly string[]) {
  const hashes = new Map<string, string>();
  const keys = new Map<string, Buffer>();

  function keyOf({ prefix, secretKey, date, service }: Tc3Texts): Buffer {
    const name = JSON.stringify([prefix, secretKey, date, service]);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = [date, service, 'tc3_request'].reduce<Buffer>(
      (from, text) => createHmac('sha256', from).update(text).digest(),
      Buffer.from(`${prefix}${secretKey}`),
    );
    keys.set(name, key);
    return key;
  }

  return (texts: Tc3Texts): boolean => {
    let payloadHash = hashes.get(texts.payload);
    if (payloadHash === undefined) {
      payloadHash = hashPayload(Buffer.from(texts.payload));
      hashes.set(texts.payload, payloadHash);
    }
    const names = authorization.signedHeaders;
    const value = (name: string) =>
      name === 'host'
        ? texts.host
        : name === 'content-type'
          ? texts.contentType
          : (findHeader(rawHeaders, name) ?? '').trim();
    const headers = names.map((name) => `${name}:${value(name)}\n`).join('');
    const { method, path, query, timestamp, date, service } = texts;
    const blank = texts.blankLine === '' ? headers.slice(0, -1) : headers;
    const signed = canonicalRequest({ method, path, query }, blank, names.join(';'), payloadHash);
    const expected = createHmac('sha256', keyOf(texts))
      .update(tc3TextToSign(timestamp, date, service, signed))
      .digest();
    return timingSafeEqual(expected, authorization.signature);
  };
}

function fitsV1(
  { method, host, path, parameters, algorithm, secretKey }: V1Texts,
  signature: Buffer,
): boolean {
  const text = parameters.map(([name, value]) => `${name}=${value}`).join('&');
  const expected = v1Signature(secretKey, algorithm, { method, host, path }, text);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
