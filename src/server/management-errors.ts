// Answers of management calls as they leave, and how one says that it failed, in the two envelopes: our own, and AceData's
// for the calls that it has.

import { FAULTS, Fault } from '../domain/fault.ts';
import {
  MANAGEMENT_ERRORS,
  type ManagementAnswer,
  ManagementError,
  type RouteDefinition,
} from '../management/route.ts';

type Shape = RouteDefinition['shape'];

/** Anything unexpected is a defect, and is shown without detail. */
export function toManagementError(error: unknown): ManagementError {
  if (error instanceof ManagementError) return error;
  if (error instanceof Fault && FAULTS[error.code].blame === 'us' && FAULTS[error.code].retryable)
    return new ManagementError('unavailable', '', 1);
  const { code, statusCode = 500 } = error as { code?: unknown; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ManagementError('too_large');
  return new ManagementError(statusCode >= 400 && statusCode < 500 ? 'bad_request' : 'internal');
}

export interface WrittenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** JSON without a charset, which it does not have. */
export const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** What an answer says beside its body. */
export function headersOf({ isRepeated }: Pick<ManagementAnswer, 'isRepeated'>): Record<string, string> {
  return isRepeated === true ? { 'Idempotency-Replayed': 'true' } : {};
}

export function renderManagementError(
  { code, message, retryAfterSeconds, remark }: ManagementError,
  shape: Shape,
  requestId: string,
): WrittenAnswer {
  const { status } = MANAGEMENT_ERRORS[code];
  const body =
    shape === 'acedata'
      ? { detail: message, code, trace_id: requestId.replaceAll('-', '') }
      : {
          success: false,
          error: { code, message, ...(remark === undefined ? {} : { remark }) },
          trace_id: requestId,
        };
  const retry = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  const challenge = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
  return { status, headers: { ...JSON_TYPE, ...retry, ...challenge }, body: JSON.stringify(body) };
}
