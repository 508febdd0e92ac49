// One-time codes as the actions see them, and the store in which they are kept. Whatever is decided is decided in the store in
// one step with keeping it, so that limits hold for calls that arrive at once and across restarts.

import type { Contact, ContactKind } from '../domain/contact.ts';
import type { Account } from './accounts.ts';

/** Of the message: waiting, taken over by a channel, arrived, lost, or too late. */
export type DeliveryState = 'queued' | 'sent' | 'delivered' | 'failed' | 'expired';
/** Of the code. replaced: a newer one was sent. exhausted: too many wrong attempts. */
export type CodeState = 'pending' | 'verified' | 'replaced' | 'expired' | 'exhausted';

/** Why nothing was sent. */
export const GUARDS = [
  'country', // not one of the allowed countries
  'line_type', // a fixed, premium-rate or similar line
  'dead_line', // the registry says that the number is vacant or cancelled, to an account that may ask
  'delay', // a resend too early
  'attempts', // too many wrong codes: another one could not be entered
  'recipient',
  'recipient_total', // over all accounts
  'prefix',
  'country_rate',
  'account',
  'address', // of the caller
  'user', // of the application, by its address
  'breaker', // codes sent to this prefix are not entered
] as const;
export type Guard = (typeof GUARDS)[number];

/** Who asks, and for what. */
export interface Asker {
  readonly account: Account;
  readonly keyId: number;
  readonly requestId: string;
  readonly nowMs: number;
  /** Of the caller; addresses are only ever kept as keyed hashes. */
  readonly address: string;
  /** Of the application's own user, where it names it. */
  readonly userAddress?: string;
  /** The caller's name for this call, under which it may come again. */
  readonly repeatName?: string | undefined;
}

export interface WantedCode {
  readonly contact: Contact;
  readonly purpose: string;
  /** undefined: the account's, or the built-in one. */
  readonly template?: string | undefined;
  readonly language: 'en' | 'zh';
  /** Names of channels in the order to try; undefined: the operator's. */
  readonly channels?: readonly string[] | undefined;
}

export interface StartedCode {
  readonly id: string;
  readonly expiresMs: number;
  /** Earliest time of the next send. */
  readonly resendMs: number;
  /** Lets the message go, or forgets it. Called once. */
  readonly settle: (isRecorded: boolean) => void;
}

export interface VerifiedCode {
  readonly kind: 'verified';
  readonly id: string;
}

export interface FailedCode {
  readonly kind: 'wrong' | 'unusable' | 'already_verified';
}

export type CheckedCode = VerifiedCode | FailedCode;

/** `kept` resolves when it is on disk: before, nobody outside may hear of it. A code that failed is on disk already. */
export type JudgedCode = (VerifiedCode & { readonly kept: Promise<void> }) | FailedCode;

export interface VerifiedContact {
  readonly kind: ContactKind;
  /** In the clear: the account's own. */
  readonly to: string;
  readonly verifiedMs: number;
}

export interface ContactFilter {
  readonly kind?: ContactKind | undefined;
  readonly contact?: Contact | undefined;
}

export interface Verification {
  readonly id: string;
  readonly purpose: string;
  readonly kind: ContactKind;
  readonly maskedTo: string;
  readonly codeState: CodeState;
  readonly deliveryState: DeliveryState;
  readonly channel: string;
  /** Why it failed, or what else is to be known of the delivery, as a code. */
  readonly reason: string;
  /** Handed over once more after a crash: it may have arrived twice. */
  readonly resent: boolean;
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly changedMs: number;
}

export interface RefusedSend {
  readonly seq: number;
  readonly timeMs: number;
  readonly guard: Guard;
  readonly kind: ContactKind;
  readonly maskedTo: string;
  readonly country: string;
  readonly requestId: string;
  /** What the message would have cost, in minor units. */
  readonly savedMinor: number;
}

export interface RefusalSum {
  readonly guard: Guard;
  readonly country: string;
  readonly count: number;
  readonly savedMinor: number;
}

/** One account's templates: texts with {code}, {minutes} and {name}. */
export interface Template {
  readonly name: string;
  readonly kind: ContactKind;
  readonly language: 'en' | 'zh';
  /** Of mails. */
  readonly subject: string;
  readonly text: string;
  readonly changedMs: number;
}

/** What an account has set about its messages. */
export interface MessageSettings {
  /** Stands for {name}; '' is the account's own name. */
  readonly name: string;
  readonly template: string;
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Newest first unless it says otherwise. */
export interface PageInTime extends Page {
  readonly oldestFirst?: boolean;
}

/** Of a list of verifications; what is not named may be anything. */
export interface VerificationFilter {
  /** As of `nowMs`: a pending code that is over counts as expired. */
  readonly codeState?: CodeState | undefined;
  readonly nowMs: number;
  readonly deliveryState?: DeliveryState | undefined;
  readonly kind?: ContactKind | undefined;
  /** When it was sent: from the first, until before the second. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export interface VerificationPage extends PageInTime {
  readonly filter?: VerificationFilter;
}

/** The desk that actions and management calls stand at. */
export interface Verifications {
  /**
   * Draws a code and keeps it with its message, which waits until its settle() says that the call is recorded. Throws Fault
   * send_refused, send_too_early, send_limit_reached or send_failed.
   */
  start(asker: Asker, wanted: WantedCode): Promise<StartedCode>;
  /** By contact and purpose. `addsContact`: on success it joins the account's verified contacts, once. */
  check(
    asker: Asker,
    wanted: { contact: Contact; purpose: string; addsContact: boolean },
    code: string,
  ): Promise<JudgedCode>;
  /** By id; 'unusable' for one of another account. */
  checkById(asker: Asker, id: string, code: string): Promise<JudgedCode>;
  contacts(
    accountId: number,
    filter: ContactFilter,
    page: Page,
  ): Promise<{ readonly contacts: readonly VerifiedContact[]; readonly total: number }>;
  /** false when there was none. */
  removeContact(accountId: number, contact: Contact): Promise<boolean>;

  find(accountId: number, id: string): Promise<Verification | undefined>;
  list(
    accountId: number,
    page: VerificationPage,
  ): Promise<{ readonly verifications: readonly Verification[]; readonly total: number }>;
  /** Of the newest that are kept. */
  refusals(
    accountId: number,
    page: PageInTime,
  ): Promise<{ readonly refusals: readonly RefusedSend[]; readonly total: number }>;
  /** Since the given time, by days. */
  refusalSums(accountId: number, sinceMs: number): Promise<readonly RefusalSum[]>;
  settings(accountId: number): Promise<MessageSettings>;
  changeSettings(accountId: number, changes: Partial<MessageSettings>): Promise<MessageSettings>;
  templates(accountId: number): Promise<readonly Template[]>;
  /** Replaces the one of the same name, kind and language. */
  putTemplate(accountId: number, template: Omit<Template, 'changedMs'>, nowMs: number): Promise<void>;
  removeTemplate(accountId: number, name: string): Promise<boolean>;
}
