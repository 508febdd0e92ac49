// Bodies and answers of the Explorer's calls.

import { Type } from '../../core/json-schema.ts';
import { STEPS, VERDICTS } from '../../domain/diagnosis.ts';
import { listOf } from '../page.ts';
import { ASKED_ACCOUNT } from './asker.ts';

const PROTOCOL = Type.String({ enum: ['tencent', 'acedata', 'lineproof'] });
const TEXT = Type.String();
const BILINGUAL = Type.Object({ en: TEXT, zh: TEXT });
const HEADERS = Type.Record(TEXT, TEXT);
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const FIELD_MEMBERS = {
  name: Type.String({ description: 'On the wire.' }),
  place: Type.Optional(
    Type.String({ enum: ['path', 'header'], description: 'Where it goes, unless into the body.' }),
  ),
  type: Type.String({ enum: ['string', 'integer', 'boolean', 'list', 'struct'] }),
  required: Type.Boolean(),
  personal: Type.Boolean({ description: 'Never logged or stored in the clear.' }),
  encryptable: Type.Boolean(),
  seals: Type.Optional(
    Type.Boolean({ description: 'Says how other fields are encrypted; not sent where none is.' }),
  ),
  title: BILINGUAL,
  example: Type.Optional(Type.Unknown()),
  choices: Type.Optional(Type.Array(Type.Unknown())),
  minimum: Type.Optional(Type.Number()),
  maximum: Type.Optional(Type.Number()),
  max_length: Type.Optional(Type.Integer()),
};
const FIELDS = Type.Array(
  Type.Object({
    ...FIELD_MEMBERS,
    fields: Type.Optional(
      Type.Array(Type.Object(FIELD_MEMBERS), { description: 'Of a struct, or of each member of a list.' }),
    ),
  }),
);
const ERRORS = Type.Array(
  Type.Object({
    code: TEXT,
    fault: Type.String({ description: 'Our own name of it.' }),
    message: BILINGUAL,
    advice: Type.Object(BILINGUAL.properties, { description: 'What can be done about it.' }),
    blame: Type.String({ enum: ['caller', 'account', 'source', 'us'] }),
    retryable: Type.Boolean(),
  }),
);
const COST = Type.Array(Type.Object({ conditions: Type.Object({}), consumption: Type.Integer() }), {
  description: 'Minor units of one charged call: the first rule that fits.',
});

export const ACTIONS_ANSWER = Type.Object({
  actions: Type.Array(
    Type.Object({
      protocol: PROTOCOL,
      action: TEXT,
      own_name: TEXT,
      service: TEXT,
      product: TEXT,
      version: TEXT,
      host: TEXT,
      method: TEXT,
      path: Type.String({ description: 'With the names of fields in braces, where it has such.' }),
      title: BILINGUAL,
      words: Type.Array(TEXT, { description: 'Others that people look for it by.' }),
      encryption: Type.String({ enum: ['struct', 'flat', 'none'] }),
      fields: FIELDS,
      output: FIELDS,
      results: Type.Array(
        Type.Object({
          outcome: TEXT,
          result: nullable(Type.String({ description: 'null: shown as an error.' })),
          charged: Type.Boolean(),
          description: BILINGUAL,
        }),
      ),
      errors: ERRORS,
      examples: Type.Array(
        Type.Object({ title: BILINGUAL, input: Type.Object({}), answer: nullable(Type.Object({})) }),
      ),
      cost: COST,
      daily_limited: Type.Array(TEXT),
      rate_per_second: Type.Integer(),
    }),
  ),
  errors: Type.Record(TEXT, ERRORS, { description: 'By protocol: what every action can answer.' }),
  common: Type.Record(TEXT, FIELDS, {
    description:
      'By protocol: what every action takes beside its fields; {action} and {version} stand for its own.',
  }),
  daily_limit: Type.Integer(),
});

export const CALL_BODY = Type.Object({
  account_id: ASKED_ACCOUNT,
  credential_id: Type.String({ maxLength: 64 }),
  protocol: PROTOCOL,
  action: Type.String({
    maxLength: 64,
    description: 'On the wire, such as MobileStatus, check-1e or verification-start.',
  }),
  input: Type.Object(
    {},
    {
      additionalProperties: true,
      description:
        'The parameters by their names on the wire, those of path and headers too. From operators none encrypted: the audit log names the number.',
    },
  ),
  language: Type.Optional(Type.String({ enum: ['en-US', 'zh-CN'] })),
  endpoint: Type.Optional(
    Type.String({ maxLength: 200, description: 'Shown as the address of the call; nobody connects to it.' }),
  ),
});

export const CALL_ANSWER = Type.Object({
  request_id: TEXT,
  sandbox: Type.Boolean(),
  request: Type.Object({
    method: TEXT,
    url: TEXT,
    headers: HEADERS,
    body: TEXT,
  }),
  response: Type.Object({ status: Type.Integer(), headers: HEADERS, body: TEXT }),
  duration_ms: Type.Number(),
  charge: nullable(
    Type.Object({
      charged: Type.Boolean(),
      paid_by: Type.String({ enum: ['quota', 'balance', 'none'] }),
      amount: Type.Integer({ description: 'Minor units taken from the balance.' }),
    }),
  ),
  ledger_seq: nullable(Type.Integer()),
});

const LONG = 65_536;

export const SIGNATURE_BODY = Type.Object({
  protocol: Type.String({ enum: ['tc3', 'v1'] }),
  method: Type.String({ enum: ['GET', 'POST'] }),
  host: Type.String({ maxLength: 300 }),
  path: Type.String({ maxLength: 2000 }),
  query: Type.Optional(Type.String({ maxLength: LONG })),
  headers: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 4000 }))),
  signed_headers: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 32 })),
  body: Type.Optional(Type.String({ maxLength: LONG })),
  timestamp: Type.Optional(Type.Integer({ minimum: 0, maximum: 253_402_300_799 })),
  service: Type.Optional(Type.String({ maxLength: 300 })),
  parameters: Type.Optional(
    Type.Record(Type.String({ maxLength: 256 }), Type.String({ maxLength: LONG }), {
      description: 'Of v1: all that is sent, decoded.',
    }),
  ),
});

export const SIGNATURE_ANSWER = Type.Object({
  hashed_payload: Type.Optional(TEXT),
  canonical_headers: Type.Optional(TEXT),
  signed_headers: Type.Optional(TEXT),
  canonical_request: Type.Optional(TEXT),
  hashed_canonical_request: Type.Optional(TEXT),
  credential_scope: Type.Optional(TEXT),
  string_to_sign: Type.Optional(TEXT),
  source_string: Type.Optional(TEXT),
});

export const DIAGNOSIS_BODY = Type.Object({
  failure_id: Type.Optional(Type.String({ maxLength: 64, description: 'Instead of a request.' })),
  request: Type.Optional(
    Type.Object({
      method: Type.String({ enum: ['GET', 'POST'] }),
      url: Type.String({ maxLength: LONG }),
      headers: Type.Array(
        Type.Object({ name: Type.String({ maxLength: 200 }), value: Type.String({ maxLength: 8192 }) }),
        { maxItems: 100 },
      ),
      body: Type.String({ maxLength: LONG }),
    }),
  ),
});

const DIAGNOSIS_ANSWER = Type.Object({
  method: Type.String({ enum: ['TC3-HMAC-SHA256', 'HmacSHA1', 'HmacSHA256', 'none'] }),
  fits: Type.Boolean({ description: 'Would the server take the signature, the clock aside?' }),
  steps: Type.Array(
    Type.Object({
      step: Type.String({ enum: [...STEPS] }),
      verdict: Type.String({ enum: [...VERDICTS] }),
      finding: TEXT,
      message: BILINGUAL,
    }),
  ),
});

const ACCOUNT = Type.Object({ id: TEXT, name: TEXT });

/** Of a kept failure or of one that was pasted. */
export const DIAGNOSED_ANSWER = Type.Object({
  ...DIAGNOSIS_ANSWER.properties,
  account: Type.Optional(
    Type.Union([ACCOUNT, Type.Null()], {
      description: 'Whose key the request names, where it is any; for operators only.',
    }),
  ),
});

const MEASURED = Type.Array(Type.Object({ name: TEXT, length: Type.Integer() }));

export const FAILURES_ANSWER = listOf(
  Type.Object({
    id: TEXT,
    created_at: TEXT,
    request_id: TEXT,
    account: Type.Optional(
      Type.Object(ACCOUNT.properties, { description: 'Whose key it was; for operators only.' }),
    ),
    credential_id: nullable(TEXT),
    sandbox: Type.Boolean(),
    fault: TEXT,
    method: TEXT,
    path: TEXT,
    headers: Type.Array(Type.Object({ name: TEXT, length: Type.Integer(), value: nullable(TEXT) })),
    query_fields: MEASURED,
    body_length: Type.Integer(),
    body_sha256: TEXT,
    body_fields: MEASURED,
    diagnosis: nullable(DIAGNOSIS_ANSWER),
  }),
);
