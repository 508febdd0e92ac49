// How many wrong codes are still allowed for one recipient and purpose, whatever is sent in between, and when the next code may
// be sent. Wrong attempts count for a time that slides, so that no moment allows twice as many.

import type { SendRules } from '../../../ports/code-store.ts';
import type { GuardRefusal } from './guard-windows.ts';
import type { Marks } from './marks.ts';

export interface Budgeted {
  readonly account: number;
  readonly mailbox: Uint8Array;
  readonly purpose: string;
  readonly nowMs: number;
}

export interface AttemptBudgets {
  /** Too early, or of no use since no code could be entered. */
  judgeSend(subject: Budgeted): GuardRefusal | undefined;
  /** Answers when the next one may be sent. */
  countSend(subject: Budgeted, sent: SentCode): number;
  /** It was refused in the end, and never was. Answers the row of the code before it, which is the last one again. */
  undoSend(subject: Budgeted, sent: Pick<SentCode, 'contact' | 'seq'>): number | undefined;
  /** Row of the code that was sent last to this contact. */
  currentOf(subject: Budgeted, contact: Uint8Array): number | undefined;
  isExhausted(subject: Budgeted): boolean;
  /** Answers whether that was the last one. */
  countWrong(subject: Budgeted): boolean;
  /** The code of this contact was entered. */
  reset(subject: Budgeted, contact: Uint8Array): void;
}

export interface SentCode {
  readonly contact: Uint8Array;
  readonly seq: number;
  readonly expiresMs: number;
}

/** The code that was sent last, and what was before it, should its call be refused in the end. */
interface Current {
  readonly seq: number;
  readonly expiresMs: number;
  readonly before: {
    readonly seq: number;
    readonly expiresMs: number;
    readonly sends: number;
    readonly sentMs: number;
  };
}

interface Budget {
  readonly wrongMs: readonly number[];
  readonly sends: number;
  readonly sentMs: number;
  /** By contact, since a mailbox may have several. */
  readonly current: Readonly<Record<string, Current>>;
}

/** Rows are numbered from 1. */
const NOTHING = { seq: 0, expiresMs: 0, sends: 0, sentMs: 0 } as const;
const DOUBLINGS_MAX = 30;

/** How long a budget matters: wrong codes count, or a wait lasts. */
function budgetMemoryMs({ attemptWindowMs, resendMaxMs }: SendRules): number {
  return Math.max(attemptWindowMs, resendMaxMs);
}

export function createAttemptBudgets(marks: Marks, rules: SendRules): AttemptBudgets {
  const { attemptsMax, attemptWindowMs, resendBaseMs, resendMaxMs } = rules;
  const memoryMs = budgetMemoryMs(rules);

  function find({ account, mailbox, purpose, nowMs }: Budgeted): Budget {
    const known = marks.find(account, mailbox, nameOf(purpose)) as Budget | undefined;
    if (known === undefined) return { wrongMs: [], sends: 0, sentMs: 0, current: {} };
    const { sentMs, current } = known;
    const wrongMs = known.wrongMs.filter((timeMs) => timeMs > nowMs - attemptWindowMs);
    return { wrongMs, sends: sentMs > nowMs - memoryMs ? known.sends : 0, sentMs, current };
  }

  function put({ account, mailbox, purpose, nowMs }: Budgeted, budget: Budget): void {
    const alive = Object.entries(budget.current).filter(([, { expiresMs }]) => expiresMs > nowMs);
    const untilMs = Math.max(nowMs + memoryMs, ...alive.map(([, { expiresMs }]) => expiresMs));
    const kept = { ...budget, current: Object.fromEntries(alive) };
    marks.put(account, mailbox, nameOf(purpose), kept, untilMs);
  }

  /** Before the next send, after so many. */
  function delayMs(sends: number): number {
    return sends === 0 ? 0 : Math.min(resendMaxMs, resendBaseMs * 2 ** Math.min(DOUBLINGS_MAX, sends - 1));
  }

  return {
    judgeSend(subject) {
      const { wrongMs, sends, sentMs } = find(subject);
      const [oldest = 0] = wrongMs;
      if (wrongMs.length >= attemptsMax)
        return { guard: 'attempts', retryAfterMs: oldest + attemptWindowMs - subject.nowMs };
      const waitMs = sentMs + delayMs(sends) - subject.nowMs;
      return waitMs > 0 ? { guard: 'delay', retryAfterMs: waitMs } : undefined;
    },
    countSend(subject, { contact, seq, expiresMs }) {
      const budget = find(subject);
      const sends = budget.sends + 1;
      const earlier = budget.current[hexOf(contact)] ?? NOTHING;
      const { sends: sendsBefore, sentMs } = budget;
      const before = { seq: earlier.seq, expiresMs: earlier.expiresMs, sends: sendsBefore, sentMs };
      const current = { ...budget.current, [hexOf(contact)]: { seq, expiresMs, before } };
      put(subject, { wrongMs: budget.wrongMs, sends, sentMs: subject.nowMs, current });
      return subject.nowMs + delayMs(sends);
    },
    undoSend(subject, { contact, seq }) {
      const budget = find(subject);
      const { [hexOf(contact)]: dropped, ...others } = budget.current;
      if (dropped?.seq !== seq) return undefined;
      const { seq: earlier, expiresMs, sends, sentMs } = dropped.before;
      const isFirst = earlier === NOTHING.seq;
      const last = { seq: earlier, expiresMs, before: NOTHING };
      const current = isFirst ? others : { ...others, [hexOf(contact)]: last };
      put(subject, { wrongMs: budget.wrongMs, sends, sentMs, current });
      return isFirst ? undefined : earlier;
    },
    currentOf: (subject, contact) => find(subject).current[hexOf(contact)]?.seq,
    isExhausted: (subject) => find(subject).wrongMs.length >= attemptsMax,
    countWrong(subject) {
      const budget = find(subject);
      const wrongMs = [...budget.wrongMs, subject.nowMs];
      put(subject, { ...budget, wrongMs });
      return wrongMs.length >= attemptsMax;
    },
    reset(subject, contact) {
      const { [hexOf(contact)]: _, ...current } = find(subject).current;
      if (Object.keys(current).length > 0) put(subject, { wrongMs: [], sends: 0, sentMs: 0, current });
      else marks.remove(subject.account, subject.mailbox, nameOf(subject.purpose));
    },
  };
}

function nameOf(purpose: string): string {
  return `budget:${purpose}`;
}

function hexOf(contact: Uint8Array): string {
  return Buffer.from(contact).toString('hex');
}
