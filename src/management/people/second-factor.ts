// The authenticator (TOTP, RFC 6238): six digits of the present step or its neighbours, each step once; recovery codes in
// their place, each once.

import { Secret, TOTP } from 'otpauth';
import type { StoredPerson } from '../../ports/people.ts';
import type { PeopleContext } from './context.ts';
import { foldRecoveryCode } from './one-time-code.ts';

const PERIOD_SECONDS = 30;
const NEIGHBOURS = 1;
export const TOTP_SECRET_BYTES = 20;

export function authenticatorOf(secret: Buffer, issuer: string, label: string): TOTP {
  return new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    // A copy: a small Buffer is a window into a larger one.
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });
}

/** The step that the digits belong to; undefined when they are wrong. */
export function findStep(secret: Buffer, digits: string, nowMs: number): number | undefined {
  if (!/^\d{6}$/.test(digits)) return undefined;
  const totp = authenticatorOf(secret, '', '');
  const delta = totp.validate({ token: digits, timestamp: nowMs, window: NEIGHBOURS });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
}

/** Uses up what was given: a step of the authenticator, or a recovery code. */
export async function passSecondFactor(
  { store, clock }: PeopleContext,
  person: StoredPerson,
  given: string,
): Promise<boolean> {
  if (person.totpSecret === undefined) return false;
  const step = findStep(person.totpSecret, given.trim(), clock.nowMs());
  if (step !== undefined) return store.useTotpStep(person.id, step);
  return store.useRecoveryCode(person.id, foldRecoveryCode(given));
}
