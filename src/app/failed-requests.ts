// Notes requests of known keys whose signature was refused, with the doctor's word on each as far as there is time for it.

import { createFailureRing, type FailureRing } from '../core/failure-ring.ts';
import { SIGNING_FAULTS } from '../domain/diagnosis.ts';
import { Fault } from '../domain/fault.ts';
import type { ApiKey } from '../ports/accounts.ts';
import type { Random } from '../ports/random.ts';
import type { Doctor } from '../protocols/tencent/diagnose.ts';
import { outlineFailure } from '../protocols/tencent/outline-failure.ts';
import type { TencentRequest } from '../protocols/tencent/request.ts';

export interface FailedRequestsOptions {
  readonly doctor: Doctor;
  readonly findKey: (secretId: string) => ApiKey | undefined;
  readonly random: Random;
  readonly perKeyMax: number;
  readonly keysMax: number;
}

export interface FailedRequests extends Pick<FailureRing, 'of'> {
  note(error: unknown, request: TencentRequest): void;
}

/** Whoever sends nonsense costs no more than this: what is above it is not looked at. */
const NOTED_PER_SECOND = 100;
const DIAGNOSED_PER_SECOND = 10;
const NOTED_MAX_BYTES = 1_048_576;
const DIAGNOSED_MAX_BYTES = 8192;

export function createFailedRequests(options: FailedRequestsOptions): FailedRequests {
  const { doctor, findKey, random } = options;
  const ring = createFailureRing(options.perKeyMax, options.keysMax);
  let second = 0;
  let noted = 0;

  return {
    of: (accountIds) => ring.of(accountIds),
    note(error, request) {
      if (!(error instanceof Fault) || !SIGNING_FAULTS.includes(error.code) || options.perKeyMax === 0)
        return;
      const now = Math.floor(request.receivedAtMs / 1000);
      if (now !== second) [second, noted] = [now, 0];
      noted += 1;
      if (noted > NOTED_PER_SECOND || request.body.length > NOTED_MAX_BYTES) return;
      const failing = pastedOf(request);
      const secretId = doctor.claimedSecretId(failing);
      const key = secretId === undefined ? undefined : findKey(secretId);
      if (key === undefined) return;
      const size = request.body.length + request.url.length;
      const isLate = noted > DIAGNOSED_PER_SECOND || size > DIAGNOSED_MAX_BYTES;
      ring.note({
        id: random.uuid(),
        timeMs: request.receivedAtMs,
        requestId: request.requestId,
        accountId: key.account.accountId,
        keyId: key.id,
        fault: error.code,
        ...outlineFailure(request),
        diagnosis: isLate ? null : doctor.diagnose(failing, key, request.receivedAtMs, false),
      });
    },
  };
}

function pastedOf({ method, url, rawHeaders, body }: TencentRequest) {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return { method, url, headers, body: body.toString() };
}
