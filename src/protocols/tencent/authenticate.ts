// Who is calling, in the order in which the vendor reports faults: common parameters, the form of the signature, the key,
// the clock, the signature, the token. An unknown key does the work of a known one before it is refused.

import { parseForm } from '../../codecs/form.ts';
import { createTc3AuthorizationReader, TC3_ALGORITHM, tc3Date } from '../../codecs/tc3.ts';
import { nameCaller } from '../../core/known-caller-fault.ts';
import { Fault } from '../../domain/fault.ts';
import type { AccountDirectory, ApiKey } from '../../ports/accounts.ts';
import { DECOY_KEY } from './decoy-key.ts';
import type { RequestHead, Target, TencentRequest } from './request.ts';
import type { VerifyTc3 } from './verify-tc3.ts';
import type { VerifyV1 } from './verify-v1.ts';

export interface Caller {
  readonly key: ApiKey;
  readonly action: string;
  readonly version: string;
  readonly language: string | undefined;
  /** What the client takes the product for. */
  readonly productHint: string;
  /** Of a query or form; undefined where the parameters are in a JSON or other body. */
  readonly values: ReadonlyMap<string, string> | undefined;
}

export interface AuthenticateOptions {
  readonly directory: Pick<AccountDirectory, 'findKey'>;
  readonly verifyTc3: VerifyTc3;
  readonly verifyV1: VerifyV1;
  readonly clockWindowSeconds: number;
  /** Largest form body under the older signature. */
  readonly v1BodyMaxBytes: number;
}

const FORM_TYPE = 'application/x-www-form-urlencoded';
const FORM_LIMITS = { maxPairs: 256, maxNameLength: 256 };
const SECRET_ID_MAX_LENGTH = 128;
const SECONDS = /^\d{1,12}$/;

type Values = ReadonlyMap<string, string>;

export function createAuthenticator(options: AuthenticateOptions) {
  const { directory, verifyTc3, verifyV1, clockWindowSeconds, v1BodyMaxBytes } = options;
  const readAuthorization = createTc3AuthorizationReader();

  return function authenticate(request: TencentRequest, head: RequestHead, target: Target): Caller {
    if (head.authorization?.startsWith(`${TC3_ALGORITHM} `)) return authenticateTc3(request, head, target);
    const isForm = request.method === 'GET' || isFormType(head.contentType);
    if (isForm && request.body.length > v1BodyMaxBytes) {
      throw new Fault('signature_mismatch', { limit: v1BodyMaxBytes });
    }
    const values = isForm ? readValues(request, target) : undefined;
    if (values !== undefined && isSignedByV1(values)) return authenticateV1(request, head, target, values);
    requireCommon(head, values);
    if (head.authorization === undefined) throw new Fault('authorization_missing');
    throw new Fault('authorization_malformed', { value: 'Credential' });
  };

  function authenticateTc3(request: TencentRequest, head: RequestHead, target: Target): Caller {
    const isForm = request.method === 'GET' ? target.query !== '' : isFormType(head.contentType);
    // A form is only taken apart before the signature is checked where the headers do not say enough.
    const isHeadComplete = head.action && head.version && head.timestamp;
    const early = isForm && !isHeadComplete ? readValues(request, target) : undefined;
    const { action, version, timestamp } = requireCommon(head, early);
    const authorization = readAuthorization(head.authorization ?? '');
    if (typeof authorization === 'string')
      throw new Fault('authorization_malformed', { value: authorization });
    const check = {
      request,
      head,
      target,
      authorization,
      timestamp,
      date: tc3Date(readTimestamp(timestamp)),
    };
    const verify = (candidate: ApiKey) => verifyTc3(candidate, check) && authorization.date === check.date;
    const key = admit(request, authorization.secretId, timestamp, verify);
    if (head.token !== undefined && head.token !== '') throw nameCaller(new Fault('token_invalid'), key, '');
    const values = early ?? (isForm ? readValuesOf(key, request, target) : undefined);
    const empty = request.method === 'GET' ? NO_VALUES : undefined;
    const language = head.language ?? values?.get('Language');
    return {
      key,
      action,
      version,
      language,
      productHint: authorization.service,
      values: values ?? empty,
    };
  }

  function authenticateV1(
    request: TencentRequest,
    head: RequestHead,
    target: Target,
    parameters: Values,
  ): Caller {
    // Only what is signed counts: the headers are not.
    const action = demand(parameters.get('Action'), 'Action');
    const version = demand(parameters.get('Version'), 'Version');
    const timestamp = demand(parameters.get('Timestamp'), 'Timestamp');
    demand(parameters.get('Nonce'), 'Nonce');
    const secretId = demand(parameters.get('SecretId'), 'SecretId');
    demand(parameters.get('Signature'), 'Signature');
    const check = { method: request.method, host: head.host, path: target.path, parameters };
    const key = admit(request, secretId, timestamp, (candidate) => verifyV1(candidate, check));
    if (parameters.get('Token')) throw nameCaller(new Fault('token_invalid'), key, '');
    const language = parameters.get('Language') ?? head.language;
    const productHint = head.host.split('.', 1)[0] ?? '';
    return { key, action, version, language, productHint, values: parameters };
  }

  function admit(
    request: TencentRequest,
    secretId: string,
    timestamp: string,
    verify: (key: ApiKey) => boolean,
  ): ApiKey {
    const seconds = readTimestamp(timestamp);
    const nowSeconds = Math.floor(request.receivedAtMs / 1000);
    const isFresh = Math.abs(nowSeconds - seconds) <= clockWindowSeconds;
    const known = secretId.length <= SECRET_ID_MAX_LENGTH ? directory.findKey(secretId) : undefined;
    const isRight = isFresh && verify(known ?? DECOY_KEY);
    if (known === undefined) throw new Fault('key_unknown');
    if (!isFresh) throw new Fault('clock_skew', { serverTimeSeconds: nowSeconds });
    if (!isRight) throw new Fault('signature_mismatch');
    return known;
  }
}

const NO_VALUES: Values = new Map();

export function isFormType(contentType: string): boolean {
  return contentType.slice(0, FORM_TYPE.length).toLowerCase() === FORM_TYPE;
}

function isSignedByV1(values: Values): boolean {
  return values.has('SecretId') || values.has('Signature') || values.has('Nonce');
}

function readValues(request: TencentRequest, target: Target): Values {
  const text = request.method === 'GET' ? target.query : decodeText(request.body);
  const values = text === undefined ? 'malformed' : parseForm(text, FORM_LIMITS);
  if (values === 'malformed') throw new Fault('body_malformed', { value: FORM_TYPE });
  if (values === 'too-much') throw new Fault('body_malformed');
  return values;
}

function readValuesOf(key: ApiKey, request: TencentRequest, target: Target): Values {
  try {
    return readValues(request, target);
  } catch (error) {
    throw nameCaller(error, key, '');
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(body: Buffer): string | undefined {
  try {
    return UTF8.decode(body);
  } catch {
    return undefined;
  }
}

function requireCommon(head: RequestHead, values: Values | undefined) {
  return {
    action: demand(head.action || values?.get('Action'), 'Action'),
    version: demand(head.version || values?.get('Version'), 'Version'),
    timestamp: demand(head.timestamp || values?.get('Timestamp'), 'Timestamp'),
  };
}

function demand(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw new Fault('parameter_missing', { field });
  return value;
}

function readTimestamp(text: string): number {
  if (!SECONDS.test(text)) throw new Fault('parameter_type', { field: 'Timestamp', expectedType: 'int' });
  return Number(text);
}
