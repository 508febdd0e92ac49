// How a live request causes each fault: the same for every action, or by action where its parameters decide.

import type { WireAction } from '../../src/app/wire-view.ts';
import { createRateLimit } from '../../src/core/rate-limit.ts';
import type { FaultCode } from '../../src/domain/fault.ts';
import { NO_CAPS } from '../../src/domain/usage-cap.ts';
import type { TencentRequest } from '../../src/protocols/tencent/index.ts';
import { NOW_SECONDS } from '../support/tencent-protocol.ts';
import { type Cause, PENNILESS, type World } from './live-call.ts';

/** undefined: nothing that the action's parameters could say would cause it. */
type FindCause = (wire: WireAction, world: World) => Cause | undefined;

const UNKNOWN_KEY = '00000000-0000-4000-8000-000000000000';
const TOO_LONG = 'x'.repeat(20_000);
const TOO_LONG_CONTEXT = { EncryptionContext: 'x'.repeat(1025) };
const FOREIGN_KEY = { EncryptionPublicKey: 'no key', EncryptionAlgorithm: 'RSAES_PKCS1_V1_5' };
const IV = '0123456789abcdef';

const always = (cause: Cause): FindCause => {
  return () => cause;
};
const byAction = (inputs: Readonly<Record<string, Cause['input']>>): FindCause => {
  return ({ name }) => (name in inputs ? { input: inputs[name] ?? {} } : undefined);
};
const withHeader = (name: string, value: string | undefined): FindCause =>
  always({
    request: (request: TencentRequest) => {
      const headers = Array.from({ length: request.rawHeaders.length / 2 }, (_, i) =>
        request.rawHeaders.slice(2 * i, 2 * i + 2),
      );
      const others = headers.filter(([header]) => header !== name);
      return { ...request, rawHeaders: [...others, ...(value === undefined ? [] : [[name, value]])].flat() };
    },
  });

/** The actions about keys that take the id of one. */
const withKeyId = (keyId: string) => {
  const input = { KeyId: keyId };
  return { DescribeKey: input, Encrypt: input, GenerateDataKey: input };
};

/** The first field that the action takes, said to be encrypted. */
const sealed =
  (blob: (world: World) => string, list?: readonly string[], account?: Cause['account']): FindCause =>
  ({ action, encryption, fieldName }, world) => {
    const [first] = action.encryptable;
    if (first === undefined || encryption === 'none') return undefined;
    const seals = { EncryptList: list ?? [fieldName(first)], CiphertextBlob: blob(world), Iv: IV };
    return { input: encryption === 'flat' ? seals : { Encryption: seals }, ...(account && { account }) };
  };

/** Actions that know no contacts would only meet an unknown parameter. */
const ofContacts =
  (find: FindCause): FindCause =>
  (wire, world) =>
    wire.action.service === 'contact-verification' ? find(wire, world) : undefined;
const withBrokenDesk: FindCause = (_wire, { brokenDesk }) => ({ pipeline: { verifications: brokenDesk } });

const unreadableBlob = () => Buffer.alloc(128, 1).toString('base64');

export const FAULT_CAUSES: Readonly<Partial<Record<FaultCode, FindCause>>> = {
  method_unsupported: always({ request: (request) => ({ ...request, method: 'PUT' }) }),
  content_type_unsupported: always({ signed: { contentType: 'text/plain' } }),
  body_too_large: always({ protocol: { bodyMaxBytes: 1 } }),
  body_malformed: always({ payload: '{' }),
  parameter_missing: withHeader('X-TC-Version', undefined),
  parameter_unknown: always({ input: { Strange: 1 } }),
  parameter_type: withHeader('X-TC-Timestamp', 'soon'),
  parameter_value: ({ name, action, fieldName }) => {
    for (const field of ['msisdn', 'contact'])
      if (field in action.input.properties) return { input: { [fieldName(field)]: TOO_LONG } };
    return byAction({
      CreateKey: { Description: TOO_LONG },
      Decrypt: { CiphertextBlob: TOO_LONG },
      DescribeKey: { KeyId: TOO_LONG },
      Encrypt: { KeyId: TOO_LONG },
      GenerateDataKey: { HsmClusterId: 'cluster' },
      GenerateRandom: { NumberOfBytes: Number.MAX_SAFE_INTEGER },
      ListKeys: { HsmClusterId: 'cluster' },
    })({ name } as WireAction, {} as World);
  },
  parameter_invalid: byAction({
    DescribePhoneEmailList: { Limit: 0 },
    CreateKey: { Description: 'x'.repeat(1025) },
    Decrypt: TOO_LONG_CONTEXT,
    Encrypt: TOO_LONG_CONTEXT,
    GenerateDataKey: { KeySpec: 'AES_512' },
    GenerateRandom: { NumberOfBytes: 0 },
    ListKeys: { Limit: 201 },
  }),
  version_unknown: always({ signed: { version: '2000-01-01' } }),
  action_unknown: always({ signed: { action: 'Nothing' } }),

  authorization_missing: withHeader('Authorization', undefined),
  authorization_malformed: withHeader('Authorization', 'TC3-HMAC-SHA256 nonsense'),
  key_unknown: always({ protocol: { directory: { findKey: () => undefined } } }),
  clock_skew: always({ request: (request) => ({ ...request, receivedAtMs: (NOW_SECONDS + 301) * 1000 }) }),
  signature_mismatch: always({
    request: (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
  }),
  token_invalid: withHeader('X-TC-Token', 'foreign'),

  rate_limited: always({ account: { ratePerSecond: 1 }, twice: true }),
  daily_limit_reached: always({ account: { dailyLimit: 1 }, twice: true }),

  key_not_allowed: always({
    restriction: {
      service: undefined,
      actions: new Set(),
      expiresAtMs: undefined,
      callsMax: undefined,
      caps: undefined,
    },
  }),
  service_not_activated: always({ account: { services: new Set() } }),
  account_unverified: always({ account: { state: 'unverified' } }),
  account_suspended: always({ account: { state: 'suspended' } }),
  funds_exhausted: always({ account: { id: PENNILESS } }),
  cap_reached: always({ account: { caps: { ...NO_CAPS, callsPerDay: 0 } } }),
  key_grant_missing: sealed(({ ciphertext }) => ciphertext, undefined, { kmsGrant: false }),

  decrypt_failed: sealed(unreadableBlob),
  encrypt_field_unsupported: sealed(unreadableBlob, ['Nothing']),

  kms_key_not_found: ({ name }, { ciphertext }) => {
    const [, ...rest] = ciphertext.split('-k-');
    const blob = [Buffer.from(UNKNOWN_KEY).toString('base64'), ...rest].join('-k-');
    const inputs: Readonly<Record<string, Cause['input']>> = {
      ...withKeyId(UNKNOWN_KEY),
      Decrypt: { CiphertextBlob: blob },
    };
    return name in inputs ? { input: inputs[name] ?? {} } : undefined;
  },
  kms_key_id_invalid: byAction(withKeyId('nonsense')),
  kms_alias_exists: ({ name }, { takenAlias }) =>
    name === 'CreateKey' ? { input: { Alias: takenAlias } } : undefined,
  kms_alias_invalid: byAction({ CreateKey: { Alias: '-' } }),
  kms_key_usage_invalid: byAction({ CreateKey: { KeyUsage: 'NOTHING' } }),
  kms_key_usage_unsupported: byAction({ CreateKey: { KeyUsage: 'ASYMMETRIC_DECRYPT_SM2' } }),
  kms_key_type_invalid: byAction({ CreateKey: { Type: 2 } }),
  kms_ciphertext_invalid: byAction({ Decrypt: { CiphertextBlob: 'bm90aGluZw==' } }),
  kms_plaintext_invalid: byAction({ Encrypt: { Plaintext: '' } }),
  kms_key_limit: (_wire, { fullVault }) => ({ pipeline: { vault: fullVault } }),
  kms_encryption_failed: byAction({ Decrypt: FOREIGN_KEY, GenerateDataKey: FOREIGN_KEY }),

  contact_kind_invalid: ofContacts(() => ({ input: { Type: 3 } })),
  contact_number_invalid: ofContacts(({ action }) =>
    'contact' in action.input.properties ? { input: { Type: 1, Code: '12' } } : undefined,
  ),
  contact_address_invalid: ofContacts(({ action }) =>
    'contact' in action.input.properties ? { input: { Type: 2, Code: '12' } } : undefined,
  ),
  send_refused: ofContacts(() => ({ input: { Type: 1, Code: '+14155550123' } })),
  send_too_early: ofContacts(() => ({ twice: true })),
  send_limit_reached: ofContacts((_wire, { exhaustedDesk }) => ({
    pipeline: { verifications: exhaustedDesk },
  })),
  send_failed: ofContacts(withBrokenDesk),
  code_wrong: ofContacts(({ action }) =>
    'verifyCode' in action.input.properties ? { input: { VerifyCode: '999999' } } : undefined,
  ),
  code_unusable: ofContacts(() => ({ input: { Type: 2, Code: 'nobody@example.org' } })),
  contact_verified: ofContacts(() => ({ twice: true })),
  contact_not_added: ofContacts(withBrokenDesk),
  contact_not_found: ofContacts(() => ({ input: { Type: 2, Code: 'stranger@example.org' } })),
  contacts_unreadable: ofContacts(withBrokenDesk),

  operation_unsupported: byAction({
    DescribeKey: { MemberAccount: { MemberUin: 1 } },
    GenerateDataKey: { IsHostedByKms: 1 },
  }),

  storage_unavailable: (_wire, { brokenDirectory }) => ({ protocol: { directory: brokenDirectory } }),
  overloaded: always({ pipeline: { rateLimit: createRateLimit(0) } }),
  internal: always({
    pipeline: {
      rateLimit: {
        take() {
          throw new Error('a defect');
        },
      },
    },
  }),
};
