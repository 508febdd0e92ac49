// The management API's table: one row defines a call for the server, for validation, for /openapi.json and for the
// reference pages. Paths are below /api/v1.

import type { TObject, TSchema } from 'typebox';
import type { Bilingual } from '../core/action.ts';
import { type Remark, remarkOf } from '../domain/remark.ts';
import type { OperatorSession } from '../ports/account-desk.ts';
import type { Account, ApiKey } from '../ports/accounts.ts';
import type { Person } from '../ports/people.ts';

/** What a path may be opened with. */
export type Access = 'public' | 'session' | 'platform-token' | 'credential' | 'operator';

export type Visitor =
  | { readonly access: 'public' }
  | {
      readonly access: 'session' | 'platform-token';
      readonly person: Person;
      readonly account: Account;
      /** Hash of the session or token, for acts on itself (log out, name the token). */
      readonly proofId: string;
    }
  | { readonly access: 'credential'; readonly key: ApiKey; readonly account: Account }
  | {
      readonly access: 'operator';
      readonly operator: string;
      /** Where a browser's session shows who it is, and not a bearer token. */
      readonly operatorSession?: OperatorSession;
    };

export interface ManagementRequest {
  readonly visitor: Visitor;
  readonly requestId: string;
  readonly receivedAtMs: number;
  /** Of the caller, for throttling; never stored in the clear. */
  readonly address: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of rows that judge the body themselves. */
  readonly raw?: RawBody | undefined;
  /** Of rows that take a stream. */
  readonly stream?: StreamedBody | undefined;
  /** The header, where the row takes it and it came. */
  readonly idempotencyKey?: string | undefined;
  /** The session cookie's value, where one came. */
  readonly session: string | undefined;
}

/** A body that is read as it comes, and held nowhere. */
export interface StreamedBody {
  readonly chunks: AsyncIterable<Buffer>;
  /** undefined where its sender does not say. */
  readonly declaredBytes: number | undefined;
}

/** As it came, with what its sender signed it with. */
export interface RawBody {
  readonly body: Buffer;
  header(name: string): string | undefined;
}

export interface ManagementAnswer {
  /** The row's own success status unless given. */
  readonly status?: number;
  readonly body?: unknown;
  /** Instead of a body: a streamed text, such as CSV. */
  readonly stream?: AsyncIterable<string>;
  readonly fileName?: string;
  /** Of metrics and the log; 'ok' unless given. */
  readonly result?: string;
  /** Kept from an earlier call under the same Idempotency-Key. */
  readonly isRepeated?: boolean;
  /** Sets the session cookie ('' clears it); the server adds its attributes. */
  readonly session?: { readonly value: string; readonly maxAgeSeconds: number };
}

export interface RouteExample {
  readonly title: Bilingual;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface RouteDefinition {
  /** The operation's id, e.g. 'credential-create'. */
  readonly name: string;
  readonly group:
    | ('catalogue' | 'explorer' | 'people' | 'applications' | 'credentials' | 'usage')
    | ('verifications' | 'messages' | 'operator');
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, with ':name' for parameters, without a trailing slash (one is accepted). */
  readonly path: string;
  readonly access: readonly Access[];
  readonly summary: Bilingual;
  /** 'acedata' where AceData has the call: its field names, its lists and its error envelope; 'own' otherwise. */
  readonly shape: 'acedata' | 'own';
  readonly query?: TObject;
  readonly body?: TObject;
  /** Members of AceData's bodies that are taken without effect; all others that `body` does not have are refused. */
  readonly ignored?: readonly string[];
  /** The body is of whatever media type, and handed over as it came. */
  readonly raw?: true;
  /** Where a body may be larger or must be smaller than that of other calls. */
  readonly bodyMaxBytes?: number;
  /** The body is a stream of one of these media types, of whatever length: the row limits it. */
  readonly streamed?: readonly string[];
  /** Takes the header Idempotency-Key. */
  readonly idempotent?: true;
  /** Goes through the pipeline, which limits, charges and records it like a call of any protocol. */
  readonly metered?: true;
  readonly success: number;
  /** Of the body on success; undefined for none, or a text of the media type. */
  readonly answer: TSchema | { readonly mediaType: string } | undefined;
  readonly errors: readonly ManagementErrorCode[];
  readonly examples: readonly RouteExample[];
  run(request: ManagementRequest): Promise<ManagementAnswer> | ManagementAnswer;
}

/** Code -> HTTP status and message. Messages tell nothing about whether an address or a token is known. */
export const MANAGEMENT_ERRORS = {
  bad_request: { status: 400, message: 'The request is malformed.' },
  duplication: { status: 400, message: 'It exists already.' },
  invalid_code: { status: 400, message: 'The code is wrong or has expired.' },
  wrong_code: { status: 400, message: 'The code is wrong.' },
  invalid_recipient: { status: 400, message: 'This is neither a number nor an e-mail address.' },
  weak_password: { status: 400, message: 'The password has fewer than 12 characters or is a common one.' },
  usage_history_expired: { status: 400, message: 'Usage of that time is no longer kept.' },
  not_signed_in: { status: 401, message: 'A session or token is needed.' },
  invalid_login: { status: 401, message: 'The address or the password is wrong.' },
  totp_needed: { status: 401, message: 'The one-time password of the authenticator is needed.' },
  forbidden: { status: 403, message: 'This is not allowed.' },
  csrf: { status: 403, message: 'The request does not come from this site.' },
  need_verify: { status: 403, message: 'The account must be verified first.' },
  need_application: { status: 403, message: 'The service must be acquired first.' },
  used_up: { status: 403, message: 'No quota is left and the balance is below the price.' },
  cap_reached: {
    status: 403,
    message: 'A limit that was set for the credential or its account is reached.',
  },
  send_refused: { status: 403, message: 'No code is sent to this recipient.' },
  not_found: { status: 404, message: 'It does not exist.' },
  method_not_allowed: { status: 405, message: 'The method is not allowed here.' },
  conflict: { status: 409, message: 'The state does not allow this.' },
  unusable_code: { status: 409, message: 'There is no code that could be entered: it is over or used.' },
  too_large: { status: 413, message: 'The body is larger than the limit.' },
  too_many_requests: { status: 429, message: 'Too many requests: wait and try again.' },
  send_too_early: { status: 429, message: 'The last code was sent a moment ago: wait and try again.' },
  send_limit_reached: { status: 429, message: 'As many codes were sent as may be: wait and try again.' },
  usage_query_in_progress: { status: 429, message: 'Another query of this account is still running.' },
  internal: { status: 500, message: 'Internal server error.' },
  unavailable: { status: 503, message: 'The server cannot answer at the moment.' },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>;

export type ManagementErrorCode = keyof typeof MANAGEMENT_ERRORS;

/** An expected failure of a management call. Anything else that is thrown is a defect and shown without detail. */
export class ManagementError extends Error {
  readonly code: ManagementErrorCode;
  /** Added to the message; never personal data. */
  readonly detail: string;
  readonly retryAfterSeconds: number | undefined;
  /** The detail for readers of other languages, where the cause has one. */
  readonly remark: Remark | undefined;

  /** `cause`: the fault or the refusal that it stands for. */
  constructor(code: ManagementErrorCode, detail = '', retryAfterSeconds?: number, cause?: Error) {
    super(
      detail === '' ? MANAGEMENT_ERRORS[code].message : detail,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'ManagementError';
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.remark = remarkOf(cause);
  }
}

export function defineRoute(definition: RouteDefinition): RouteDefinition {
  return definition;
}
