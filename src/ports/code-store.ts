// Where one-time codes, their messages and what limits them are kept. Each operation is decided and written in one step;
// many that arrive together are written together. Personal data comes and goes in sealed boxes, subjects as keyed hashes.

import type { ContactKind } from '../domain/contact.ts';
import type { Notice, WantedNotices } from './notices.ts';
import type {
  CheckedCode,
  DeliveryState,
  Guard,
  MessageSettings,
  Page,
  PageInTime,
  RefusalSum,
  RefusedSend,
  Template,
  Verification,
  VerificationPage,
  VerifiedCode,
} from './verifications.ts';

/** Keyed hashes of who is written to; equal means the same. */
export interface ContactHashes {
  readonly contact: Uint8Array;
  readonly mailbox: Uint8Array;
  readonly prefix: Uint8Array;
}

export interface NewCode extends ContactHashes {
  /** A UUID. */
  readonly id: string;
  readonly account: number;
  readonly key: number;
  readonly requestId: string;
  readonly purpose: string;
  readonly kind: ContactKind;
  readonly country: string;
  /** The account may know that its line is vacant or cancelled. */
  readonly isDead: boolean;
  /** Keyed hashes of what else is counted. */
  readonly countryHash: Uint8Array;
  readonly addressHash: Uint8Array;
  /** Of the mailbox, the same for all accounts. */
  readonly sharedMailbox: Uint8Array;
  /** Of the address of the application's user, where it is named. */
  readonly userHash: Uint8Array | undefined;
  readonly code: string;
  readonly sealedContact: Uint8Array;
  readonly sealedMessage: Uint8Array;
  readonly channels: readonly string[];
  readonly maskedTo: string;
  readonly nowMs: number;
  readonly expiresMs: number;
  /** What a message costs, in minor units: a refusal saves it. */
  readonly costMinor: number;
}

/** What guards count a send by. */
export type CountedSend = Pick<
  NewCode,
  | ('account' | 'kind' | 'mailbox' | 'sharedMailbox' | 'prefix')
  | ('countryHash' | 'addressHash' | 'userHash' | 'nowMs')
>;

/** It passes at no time. */
export interface DeadLine {
  readonly guard: 'dead_line';
  readonly retryAfterMs?: undefined;
}

export type HeldCode =
  | { readonly kind: 'held'; readonly resendMs: number }
  | ({ readonly kind: 'refused' } & (
      | DeadLine
      | { readonly guard: Exclude<Guard, 'dead_line'>; readonly retryAfterMs: number }
    ));

export type NewRefusal = Omit<RefusedSend, 'seq'> & { readonly account: number };

export interface CodeCheck {
  readonly account: number;
  readonly code: string;
  readonly nowMs: number;
  /** Keyed hash of the caller's name for it and of all that is asked: under it the same is answered again, and counted once. */
  readonly repeat?: Uint8Array;
  readonly by:
    | (Pick<ContactHashes, 'contact' | 'mailbox'> & {
        readonly purpose: string;
        readonly addsContact: boolean;
      })
    | { readonly id: string };
}

export interface Delivery {
  readonly id: string;
  readonly state: Exclude<DeliveryState, 'queued'>;
  readonly channel: string;
  /** undefined: none, no receipt will come. */
  readonly reference: string | undefined;
  readonly reason: string;
  readonly nowMs: number;
}

/** What became of one, for those who need not know of whom. */
export interface VerificationStep extends Omit<Verification, 'maskedTo'> {
  readonly account: number;
}

export interface StoredVerification extends VerificationStep {
  readonly sealedContact: Uint8Array;
}

/** A message that an earlier run left behind. */
export interface WaitingMessage {
  readonly id: string;
  readonly requestId: string;
  readonly account: number;
  readonly purpose: string;
  readonly kind: ContactKind;
  /** held: nobody knows whether the call was recorded. queued: it was. */
  readonly state: 'held' | 'queued';
  readonly resent: boolean;
  readonly sealedContact: Uint8Array;
  readonly sealedMessage: Uint8Array;
  readonly channels: readonly string[];
  readonly createdMs: number;
  readonly expiresMs: number;
}

export interface StoredContact {
  readonly kind: ContactKind;
  /** The box was sealed to it. */
  readonly id: string;
  readonly sealedContact: Uint8Array;
  readonly verifiedMs: number;
}

export interface StoredWebhook {
  readonly sealedReceiver: Uint8Array;
  readonly isDisabled: boolean;
  /** Notices that its queue had no room for, since it was put. */
  readonly dropped: number;
}

export interface CodeStatistics {
  /** Codes that could still be entered. */
  readonly pending: number;
  /** Messages that are not sent yet. */
  readonly waiting: number;
}

export interface CodeStore {
  /** Guards, budget and delay are decided in the same step; a refusal is kept. An earlier code of the same contact ends. */
  hold(code: NewCode): Promise<HeldCode>;
  /** A refusal that was decided elsewhere. */
  refuse(refusal: NewRefusal): Promise<void>;
  /** As if it had never been held; also for guards, where it is said what they counted. The code before it is the last again. */
  drop(id: string, nowMs: number, counted?: CountedSend): Promise<void>;
  /** Resolves when it is on disk; `onVerified` is told before, as soon as that is what will be kept, if nothing fails. */
  check(check: CodeCheck, onVerified?: (checked: VerifiedCode) => void): Promise<CheckedCode>;

  /** Ignored where the message has come further already. Resolves with what is kept now. */
  deliver(delivery: Delivery): Promise<VerificationStep | undefined>;
  /** By what the channel called it. */
  receive(
    channel: string,
    receipt: { readonly reference: string; readonly state: 'delivered' | 'failed'; readonly reason: string },
    nowMs: number,
  ): Promise<VerificationStep | undefined>;
  /** Of an earlier run. */
  waiting(): Promise<readonly WaitingMessage[]>;
  /** It is about to be handed over again; or, with false, it surely never left. */
  markResent(id: string, resent: boolean): Promise<void>;
  /** Ends what is over and forgets what is older than it is kept. Resolves with what expired undelivered. */
  sweep(nowMs: number): Promise<readonly VerificationStep[]>;

  find(account: number, id: string): Promise<StoredVerification | undefined>;
  list(
    account: number,
    page: VerificationPage,
  ): Promise<{ readonly verifications: readonly StoredVerification[]; readonly total: number }>;
  contacts(
    account: number,
    filter: { readonly kind?: ContactKind | undefined; readonly contact?: Uint8Array | undefined },
    page: Page,
  ): Promise<{ readonly contacts: readonly StoredContact[]; readonly total: number }>;
  removeContact(account: number, contact: Uint8Array): Promise<boolean>;
  refusals(
    account: number,
    page: PageInTime,
  ): Promise<{ readonly refusals: readonly RefusedSend[]; readonly total: number }>;
  refusalSums(account: number, sinceMs: number): Promise<readonly RefusalSum[]>;
  settings(account: number): Promise<MessageSettings>;
  putSettings(account: number, settings: MessageSettings): Promise<void>;
  templates(account: number): Promise<readonly Template[]>;
  putTemplate(account: number, template: Template): Promise<void>;
  removeTemplate(account: number, name: string): Promise<boolean>;
  webhook(account: number): Promise<StoredWebhook | undefined>;
  /** Enables it. */
  putWebhook(account: number, sealedReceiver: Uint8Array, nowMs: number): Promise<void>;
  /** Nothing happens when another one was put meanwhile. */
  disableWebhook(account: number, sealedReceiver: Uint8Array): Promise<void>;
  /** With the notices that wait for it; false when there was none. */
  removeWebhook(account: number): Promise<boolean>;
  dueNotices(nowMs: number, wanted: WantedNotices): Promise<readonly Notice[]>;
  noticeDone(seq: number): Promise<void>;
  retryNoticeLater(seq: number, nextMs: number): Promise<void>;
  /** How many there were. */
  dropExpiredNotices(nowMs: number): Promise<number>;
  statistics(): Promise<CodeStatistics>;
  close(): Promise<void>;
}

/** What guards allow, of one account and, over all of them, of one recipient. Numbers of sends in one window. */
export interface SendRules {
  readonly windowMs: number;
  readonly limits: Readonly<
    Record<'recipient' | 'recipientTotal' | 'prefix' | 'country' | 'account' | 'address' | 'user', number>
  >;
  /** Judged codes of a prefix after which at least so many per cent must have been entered. */
  readonly breakerSends: number;
  readonly breakerMinPercent: number;
  /** A code is judged when it was entered or is older. */
  readonly breakerGraceMs: number;
  /** How long a prefix is not served then; it doubles with each time, up to a day. */
  readonly breakerBlockMs: number;
  readonly resendBaseMs: number;
  readonly resendMaxMs: number;
  readonly attemptsMax: number;
  readonly attemptWindowMs: number;
  /** How long a check that has a name is answered again. */
  readonly checksKeptMs: number;
  readonly keepMs: number;
  readonly refusalsMax: number;
  /** Of notices to one account's webhook that wait. */
  readonly noticesMax: number;
  readonly noticeLifetimeMs: number;
}
