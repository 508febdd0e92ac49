// Calls by chance as they go over the wire of either protocol, and what each protocol's documents say of how one ends.

import { aceDataBytes, CHECK_1E, CHECK_2E, CHECK_3E } from '../support/call-acedata.ts';
import { type Credentials, signTc3, toBytes } from '../support/sign-request.ts';
import { makePerson, type Person } from '../support/subscribers.ts';
import type { AskedCall, LineStatus, Protocol } from './account-model.ts';

const STATUSES: readonly LineStatus[] = [
  ...(['normal', 'normal', 'normal', 'suspended', 'cancelled', 'vacant', 'unknown'] as const),
];
export const PEOPLE: readonly Person[] = STATUSES.map((status, index) => makePerson(index + 1, status));
const NOBODY = makePerson(900);
const WRONG = makePerson(901);

/** Numbers that a call may ask about: those of people, and others. */
export const LINES: readonly Pick<AskedCall, 'number' | 'line'>[] = [
  ...PEOPLE.map(({ number }, index) => ({ number, line: STATUSES[index] ?? 'normal' })),
  { number: NOBODY.number, line: 'absent' },
  { number: '123', line: 'malformed' },
  // No carrier holds the range, and the sandbox's page lists others of it.
  { number: '16900999999', line: 'unserved' },
];

export const TENCENT_ACTIONS: Readonly<Record<string, string>> = {
  'line-status': 'MobileStatus',
  'line-tenure': 'MobileNetworkTimeVerification',
  'name-match': 'CheckPhoneAndName',
  'identity-match': 'PhoneVerification',
  'identity-match-mobile': 'PhoneVerificationCMCC',
  'caller-identity': 'GetCallerIdentity',
};
export const ACEDATA_PATHS: Readonly<Record<string, string>> = {
  'line-status': CHECK_1E,
  'name-match': CHECK_2E,
  'identity-match': CHECK_3E,
};

/** Result codes; an outcome that stands nowhere is an error. */
const RESULTS: Readonly<Record<Protocol, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  tencent: {
    'line-status': {
      ...{ known: '0', no_record: '-1', number_invalid: '-2', daily_limit: '-4', range_unsupported: '-13' },
    },
    'line-tenure': {
      ...{
        known: '0',
        number_invalid: '-1',
        number_vacant: '-2',
        daily_limit: '-5',
        range_unsupported: '-13',
      },
    },
    'name-match': {
      ...{ match: '0', mismatch: '1', no_record: '-1', name_invalid: '-4', number_invalid: '-5' },
      ...{ daily_limit: '-6', range_unsupported: '-13' },
    },
    'identity-match': {
      ...{ match: '0', mismatch: '-4', number_invalid: '-6', id_card_invalid: '-7', name_invalid: '-8' },
      ...{ no_record: '-9', daily_limit: '-12', range_unsupported: '-13' },
    },
    'identity-match-mobile': {
      ...{ match: '0', mismatch: '-4', number_invalid: '-6', id_card_invalid: '-7', name_invalid: '-8' },
      ...{ no_record: '-9', range_unsupported: '-13' },
    },
  },
  acedata: {
    'line-status': { known: '0', no_record: '-1', number_invalid: '-2', range_unsupported: '-1' },
    'name-match': {
      ...{ match: '0', mismatch: '1', no_record: '-1', name_invalid: '-4', number_invalid: '-5' },
      ...{ daily_limit: '-6', range_unsupported: '-1' },
    },
    'identity-match': {
      ...{ match: '0', mismatch: '1', no_record: '-1', name_invalid: '-4', number_invalid: '-5' },
      ...{ id_card_invalid: '-4', daily_limit: '-6', range_unsupported: '-1' },
    },
  },
};

const ERRORS: Readonly<Record<string, Readonly<Record<Protocol, string>>>> = {
  not_authentic: { tencent: 'AuthFailure.SignatureFailure', acedata: 'invalid_token' },
  action_unknown: { tencent: 'InvalidAction', acedata: 'no_api' },
  body_malformed: { tencent: 'InvalidParameter', acedata: 'bad_request' },
  parameter_missing: { tencent: 'MissingParameter', acedata: 'bad_request' },
  service_not_activated: { tencent: 'UnauthorizedOperation.Nonactivated', acedata: 'token_mismatched' },
  key_not_allowed: { tencent: 'AuthFailure.UnauthorizedOperation', acedata: 'token_mismatched' },
  funds_exhausted: { tencent: 'UnauthorizedOperation.Arrears', acedata: 'used_up' },
  cap_reached: { tencent: 'LimitExceeded', acedata: 'used_up' },
  daily_limit_reached: { tencent: 'RequestLimitExceeded', acedata: 'too_many_requests' },
};

/** What the answer says: a result code or an error code, empty where there is neither. */
export function expectedCode({ protocol, action }: AskedCall, end: string): string {
  return ERRORS[end]?.[protocol] ?? RESULTS[protocol][action]?.[end] ?? '';
}

interface TencentAnswer {
  readonly Response: { readonly Result?: string; readonly Error?: { readonly Code: string } };
}
interface AceDataAnswer {
  readonly result?: string;
  readonly error?: { readonly code: string };
}

export function readCode(protocol: Protocol, body: Buffer): string {
  const json = JSON.parse(body.toString()) as TencentAnswer & AceDataAnswer;
  if (protocol === 'acedata') return json.error?.code ?? json.result ?? '';
  return json.Response.Error?.Code ?? json.Response.Result ?? '';
}

export interface CallingKey extends Credentials {
  readonly token: string;
}

export function writeCall(call: AskedCall, key: CallingKey, nowMs: number): Buffer {
  return call.protocol === 'tencent' ? writeTencent(call, key, nowMs) : writeAceData(call, key);
}

function writeTencent(call: AskedCall, key: CallingKey, nowMs: number): Buffer {
  const { action, flaw } = call;
  const isIdentity = action === 'caller-identity';
  const { number, name, idCard, mode } = valuesOf(call);
  const isPhone = action.startsWith('identity-match');
  const fields = {
    ...(flaw === 'missing' ? {} : { [isPhone ? 'Phone' : 'Mobile']: number }),
    ...(action === 'name-match' || isPhone ? { Name: name } : {}),
    ...(isPhone ? { IdCard: idCard } : {}),
    ...(action === 'identity-match' && mode !== undefined ? { VerifyMode: mode } : {}),
  };
  const secret = flaw === 'not-authentic' ? { ...key, secretKey: 'another' } : key;
  const signed = signTc3(secret, {
    host: '127.0.0.1',
    action: flaw === 'unknown-action' ? 'NoSuchAction' : (TENCENT_ACTIONS[action] ?? ''),
    ...(isIdentity ? { version: '2018-08-13', service: 'sts' } : {}),
    payload: flaw === 'malformed' ? '{' : JSON.stringify(isIdentity ? {} : fields),
    timestampSeconds: Math.floor(nowMs / 1000),
  });
  return toBytes(signed);
}

function writeAceData(call: AskedCall, { token }: CallingKey): Buffer {
  const { action, flaw } = call;
  const { number, name, idCard, mode } = valuesOf(call);
  const isIdentity = action === 'identity-match';
  const body = {
    ...(flaw === 'missing' ? {} : { [isIdentity ? 'phone' : 'mobile']: number }),
    ...(action === 'line-status' ? {} : { name }),
    ...(isIdentity ? { id_card: idCard } : {}),
    ...(isIdentity && mode !== undefined ? { verify_mode: mode } : {}),
  };
  return aceDataBytes({
    path: flaw === 'unknown-action' ? '/identity/phone/check-9e' : (ACEDATA_PATHS[action] ?? ''),
    token: flaw === 'not-authentic' ? `${token}x` : token,
    body: flaw === 'malformed' ? '{' : body,
  });
}

function valuesOf({ number, name, idCard, detailed }: AskedCall) {
  const person = PEOPLE.find((one) => one.number === number) ?? NOBODY;
  const names = { right: person.name, wrong: WRONG.name, malformed: '123' };
  const idCards = { right: person.idCard, wrong: WRONG.idCard, malformed: '123' };
  return { number, name: names[name], idCard: idCards[idCard], mode: detailed ? '1' : undefined };
}
