// One-time codes for tests of what keeps them: who is written to is a word, ann+shop being an alias of ann.

import { hash } from 'node:crypto';
import type { CodeCheck, CodeStore, HeldCode, NewCode, SendRules } from '../../src/ports/code-store.ts';

export const T0_MS = Date.UTC(2026, 10, 21, 4);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const LIFETIME_MS = 5 * MINUTE_MS;
export const RIGHT = '111111';
export const WRONG = '222222';

const MANY = 1_000_000;
export const NO_LIMITS = {
  recipient: MANY,
  recipientTotal: MANY,
  prefix: MANY,
  country: MANY,
  account: MANY,
  address: MANY,
  user: MANY,
};

/** Only the budget of wrong codes limits. */
export const RULES: SendRules = {
  windowMs: HOUR_MS,
  limits: NO_LIMITS,
  breakerSends: MANY,
  breakerMinPercent: 10,
  breakerGraceMs: 0,
  breakerBlockMs: HOUR_MS,
  resendBaseMs: 0,
  resendMaxMs: 0,
  attemptsMax: 5,
  attemptWindowMs: HOUR_MS,
  checksKeptMs: DAY_MS,
  keepMs: 30 * DAY_MS,
  refusalsMax: 1000,
  noticesMax: 1000,
  noticeLifetimeMs: DAY_MS,
};

export interface CodesUnderTest {
  readonly store: CodeStore;
  /** Ends the store and opens it again on the same data. */
  reopen(): Promise<CodesUnderTest>;
}

export interface CodesSettings {
  readonly rules?: Partial<SendRules>;
  readonly queueMax?: number;
  readonly readsMax?: number;
  readonly onError?: (reason: string) => void;
  readonly onNoticesDropped?: (count: number) => void;
}

export type OpenCodesUnderTest = (
  test: { after(end: () => void | Promise<void>): void },
  settings?: CodesSettings,
) => Promise<CodesUnderTest>;

export function hashOf(text: string): Uint8Array {
  return new Uint8Array(hash('sha256', text, 'buffer').subarray(0, 16));
}

let lastId = 0;

export function makeCode({
  to = 'ann',
  ...changes
}: Partial<NewCode> & { readonly to?: string } = {}): NewCode {
  lastId += 1;
  const id = `00000000-0000-4000-8000-${String(lastId).padStart(12, '0')}`;
  const nowMs = changes.nowMs ?? T0_MS;
  return {
    ...{
      id,
      account: 1,
      key: 1,
      requestId: `request-${id}`,
      purpose: 'contact',
      kind: 'phone',
      country: 'CN',
    },
    ...hashesOf(to),
    isDead: false,
    sharedMailbox: hashOf(`shared ${to.split('+')[0]}`),
    countryHash: hashOf('country CN'),
    userHash: undefined,
    addressHash: hashOf('address'),
    code: RIGHT,
    sealedContact: Buffer.from(`sealed ${to}`),
    sealedMessage: Buffer.from('sealed text'),
    channels: ['sms'],
    maskedTo: '+86138****0000',
    nowMs,
    expiresMs: nowMs + LIFETIME_MS,
    costMinor: 5,
    ...changes,
  };
}

export function hashesOf(to: string) {
  const [name = ''] = to.split('+');
  return { contact: hashOf(`contact ${to}`), mailbox: hashOf(`mailbox ${name}`), prefix: hashOf('prefix') };
}

export interface WantedCheck {
  readonly to?: string;
  readonly code?: string;
  readonly nowMs?: number;
  readonly account?: number;
  readonly purpose?: string;
  readonly addsContact?: boolean;
}

export function makeCheck({ to = 'ann', ...wanted }: WantedCheck = {}): CodeCheck {
  const { code = RIGHT, nowMs = T0_MS, account = 1, purpose = 'contact', addsContact = false } = wanted;
  const { contact, mailbox } = hashesOf(to);
  return { account, code, nowMs, by: { contact, mailbox, purpose, addsContact } };
}

/** What is said of each check, in the order in which they were made at once. */
export async function checkAll(store: CodeStore, checks: readonly CodeCheck[]): Promise<string[]> {
  return (await Promise.all(checks.map((check) => store.check(check)))).map(({ kind }) => kind);
}

/** A code whose message was released. */
export async function holdSent(store: CodeStore, code: NewCode): Promise<NewCode> {
  const held = await store.hold(code);
  if (held.kind !== 'held') throw new Error(`refused by ${held.guard}`);
  await store.markResent(code.id, false);
  return code;
}

/** 'held', or the guard that refused. */
export function verdictOf(held: HeldCode): string {
  return held.kind === 'held' ? 'held' : held.guard;
}

export function count<T>(values: readonly T[], value: T): number {
  return values.filter((one) => one === value).length;
}
