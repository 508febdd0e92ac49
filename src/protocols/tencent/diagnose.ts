// The signature doctor: which step of a refused signature differs, and why. Tries what clients are known to do against the
// stored secret, and says only which habit fits: never a text, key or signature that the caller did not send.

import { parseTc3Authorization, TC3_ALGORITHM, tc3Date, UNSIGNED_PAYLOAD } from '../../codecs/tc3.ts';
import { v1Method } from '../../codecs/tencent-v1.ts';
import type { Diagnosis, FailingRequest, KeyFound } from '../../domain/diagnosis.ts';
import type { ApiKey } from '../../ports/accounts.ts';
import { createCandidates } from './candidates.ts';
import { findHabits } from './find-habits.ts';
import type { Habit } from './habits.ts';
import { TC3_HABITS, type Tc3Texts } from './habits-tc3.ts';
import { V1_HABITS, type V1Texts } from './habits-v1.ts';
import { type Pasted, readPasted } from './pasted.ts';
import { findHeader, readHead, splitTarget, type TencentRequest } from './request.ts';
import { createTc3Trial, fitsV1 } from './trials.ts';
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

/** Above this in all, pairs of habits and rewritten contents would take too long to try. */
const SMALL_MAX_LENGTH = 8192;
const SECONDS = /^\d{1,12}$/;

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
    { wire, authorization = '', values, otherBody }: Pasted,
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
    const region = findHeader(wire.rawHeaders, 'x-tc-region');
    const isRegionSigned = parsed.signedHeaders.includes('x-tc-region');
    verdicts.judgeRegion(region, isRegionSigned);
    if (typeof key === 'string') return verdicts.conclude(false);
    const target = splitTarget(wire.url);
    const check = { request: wire, head, target, authorization: parsed, timestamp, date };
    if (verifyTc3(key, check)) return verdicts.conclude(parsed.date === date);
    const other = otherBody === undefined ? undefined : { ...wire, body: Buffer.from(otherBody) };
    if (other !== undefined && verifyTc3(key, { ...check, request: other })) {
      verdicts.lineEndPasted(other.body.length < wire.body.length);
      return verdicts.conclude(parsed.date === date);
    }
    const unsigned = head.contentSha256 === UNSIGNED_PAYLOAD;
    const start = {
      method: wire.method,
      query: wire.method === 'GET' ? target.query : '',
      sentQuery: target.query,
      ...{
        timestamp,
        date,
        service: parsed.service,
        secretKey: key.secretKey,
        prefix: 'TC3',
        blankLine: '\n',
      },
    };
    const bodies = other !== undefined && other.body.length < wire.body.length ? [other, wire] : [wire];
    const spellings = spellingsOf(
      head.contentType.trim(),
      isRegionSigned ? (region ?? '').trim() : undefined,
      {
        rawHeaders: wire.rawHeaders,
        names: parsed.signedHeaders,
      },
    );
    const starts = bodies.flatMap(({ body }) =>
      spellings.map((spelling) =>
        candidatesOf(head.host.trim(), target.path).map((one) => ({
          ...{ ...start, ...spelling, ...one, payload: unsigned ? UNSIGNED_PAYLOAD : body.toString() },
        })),
      ),
    );
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
    verdicts.judgeRegion(values.get('Region'), false);
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
    verdicts.explain(findHabits([starts], habits, thorough && small, (texts) => fitsV1(texts, signature)));
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

/** Values as sent, and in lower case as the server takes them too. */
function spellingsOf(
  contentType: string,
  region: string | undefined,
  { rawHeaders, names }: { readonly rawHeaders: readonly string[]; readonly names: readonly string[] },
): readonly Pick<Tc3Texts, 'contentType' | 'region' | 'isLowered'>[] {
  const others = names.filter((name) => name !== 'host' && name !== 'content-type');
  const canBeLowered = others.some((name) => /[A-Z]/.test(findHeader(rawHeaders, name) ?? ''));
  const types = [...new Set([contentType, contentType.toLowerCase()])];
  return types.flatMap((type) =>
    (canBeLowered ? [false, true] : [false]).map((isLowered) => ({
      ...{ contentType: type, isLowered },
      region: isLowered ? region?.toLowerCase() : region,
    })),
  );
}

function isSmall({ url, rawHeaders, body }: TencentRequest): boolean {
  const headers = rawHeaders.reduce((length, text) => length + text.length, 0);
  return url.length + headers + body.length <= SMALL_MAX_LENGTH;
}
