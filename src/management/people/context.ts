// What the calls of people work with, and how they read a request.

import { type EmailAddress, parseEmailAddress } from '../../domain/email-address.ts';
import type { Mailer } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailLanguage, OpenAccount, PeopleStore, StoredPerson } from '../../ports/people.ts';
import type { Random } from '../../ports/random.ts';
import { ManagementError, type ManagementRequest } from '../route.ts';
import type { Passwords } from './passwords.ts';
import type { Throttle } from './throttle.ts';

export interface PeopleContext {
  readonly store: PeopleStore;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly mailer: Mailer;
  readonly openAccount: OpenAccount;
  readonly clock: Clock;
  readonly random: Random;
  readonly language: MailLanguage;
  readonly codeMinutes: number;
  readonly codeAttempts: number;
  /** A session ends after so long, used or not. */
  readonly sessionMaxMs: number;
  readonly platformTokensMax: number;
  /** Shown by authenticators beside the address. */
  readonly issuer: string;
}

/** '' when it is absent; the row's schema says what must be there. */
export function textOf({ body }: ManagementRequest, field: string): string {
  const value = body[field];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new ManagementError('bad_request', `${field} must be a text.`);
  return value;
}

export function emailIn(request: ManagementRequest): EmailAddress {
  const email = parseEmailAddress(textOf(request, 'email'));
  if (email === undefined) throw new ManagementError('bad_request', 'email is not an e-mail address.');
  return email;
}

export function languageIn(request: ManagementRequest, usual: MailLanguage): MailLanguage {
  const wanted = textOf(request, 'language');
  return wanted === 'en' || wanted === 'zh' ? wanted : usual;
}

export interface SignedIn {
  readonly person: StoredPerson;
  readonly proofId: string;
}

/** Who asks, as stored now. */
export async function signedIn(store: PeopleStore, { visitor }: ManagementRequest): Promise<SignedIn> {
  if (visitor.access !== 'session' && visitor.access !== 'platform-token')
    throw new ManagementError('not_signed_in');
  const person = await store.findById(visitor.person.id);
  if (person === undefined) throw new ManagementError('not_signed_in');
  return { person, proofId: visitor.proofId };
}

/** Before anything depends on who is written to, so that a full queue shows nothing. */
export function refuseWithoutMail(mailer: Mailer): void {
  if (!mailer.hasRoom()) throw new ManagementError('unavailable', '', 30);
}
