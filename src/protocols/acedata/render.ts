// Answers as they leave: HTTP status, headers, body. Business results are 200 with the documented members and nothing
// else; an error has the envelope of its profile.

import type { Call } from '../../core/call.ts';
import { Fault, type FaultDetail } from '../../domain/fault.ts';
import { findEndpointOf, wireNameOf } from './endpoints.ts';
import { ERRORS, type Profile, writeError } from './faults.ts';
import type { AceDataRequest } from './request.ts';
import { type DateOf, retryAfterSeconds } from './retry-after.ts';

export interface AceDataAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** One array for nearly all answers: whoever writes them may keep what was made of it. */
const HEADERS = ['Content-Type', 'application/json'];
const REPEATED_HEADERS = [...HEADERS, 'Idempotency-Replayed', 'true'];
const CHALLENGE_HEADERS = [...HEADERS, 'WWW-Authenticate', 'Bearer'];

export function renderSuccess(members: Record<string, unknown>, isRepeated: boolean): AceDataAnswer {
  const headers = isRepeated ? REPEATED_HEADERS : HEADERS;
  return { status: 200, headers, body: JSON.stringify(members) };
}

/** Anything that is no Fault is a defect and is shown without detail. */
export function renderError(
  error: unknown,
  { requestId, receivedAtMs }: AceDataRequest,
  call: Call | undefined,
  profile: Profile,
  dateOf: DateOf,
): AceDataAnswer {
  const fault = error instanceof Fault ? error : new Fault('internal');
  const written = writeError(fault.code, wireDetail(fault.detail, call));
  const status: number = ERRORS[written.code][profile];
  const envelope = { error: { code: written.code, message: written.message }, trace_id: requestId };
  return {
    status,
    headers:
      written.code === 'too_many_requests'
        ? [...HEADERS, 'Retry-After', String(retryAfterSeconds(fault, receivedAtMs, dateOf))]
        : status === 401
          ? CHALLENGE_HEADERS
          : HEADERS,
    body: JSON.stringify(profile === 'seed' ? { success: false, ...envelope } : envelope),
  };
}

function wireDetail(detail: FaultDetail, call: Call | undefined): FaultDetail {
  const { field } = detail;
  if (field === undefined || call === undefined) return detail;
  return { ...detail, field: wireNameOf(findEndpointOf(call.action.name), field) };
}
