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

/** A code that can be entered, or could again: should the call of a later one be refused in the end. */
interface Alive {
  readonly seq: number;
  readonly expiresMs: number;
}

interface Send {
  readonly seq: number;
  readonly sentMs: number;
}

interface Budget {
  readonly wrongMs: readonly number[];
  /** Before the recent ones, and when the last of them was. */
  readonly sends: number;
  readonly sentMs: number;
  /** The last ones, the newest at the end: any of them may be refused in the end. */
  readonly recent: readonly Send[];
  /** By contact, since a mailbox may have several; the newest at the end. */
  readonly current: Readonly<Record<string, readonly Alive[]>>;
}

/** Of sends that wait for their call at once: what is older surely was one. */
const UNDECIDED_MAX = 16;
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
    if (known === undefined) return { wrongMs: [], sends: 0, sentMs: 0, recent: [], current: {} };
    const { current } = known;
    const wrongMs = known.wrongMs.filter((timeMs) => timeMs > nowMs - attemptWindowMs);
    const isOver = lastSentMs(known) <= nowMs - memoryMs;
    const { sends, sentMs, recent } = isOver ? { sends: 0, sentMs: 0, recent: [] } : known;
    return { wrongMs, sends, sentMs, recent, current };
  }

  function put({ account, mailbox, purpose, nowMs }: Budgeted, budget: Budget): void {
    const alive = Object.entries(budget.current)
      .map(([contact, codes]) => [contact, codes.filter(({ expiresMs }) => expiresMs > nowMs)] as const)
      .filter(([, codes]) => codes.length > 0);
    const endsMs = alive.flatMap(([, codes]) => codes.map(({ expiresMs }) => expiresMs));
    const untilMs = Math.max(nowMs + memoryMs, ...endsMs);
    const kept = { ...budget, current: Object.fromEntries(alive) };
    marks.put(account, mailbox, nameOf(purpose), kept, untilMs);
  }

  /** Before the next send, after so many. */
  function delayMs(sends: number): number {
    return sends === 0 ? 0 : Math.min(resendMaxMs, resendBaseMs * 2 ** Math.min(DOUBLINGS_MAX, sends - 1));
  }

  return {
    judgeSend(subject) {
      const budget = find(subject);
      const { wrongMs } = budget;
      const [oldest = 0] = wrongMs;
      if (wrongMs.length >= attemptsMax)
        return { guard: 'attempts', retryAfterMs: oldest + attemptWindowMs - subject.nowMs };
      const waitMs = lastSentMs(budget) + delayMs(countSends(budget)) - subject.nowMs;
      return waitMs > 0 ? { guard: 'delay', retryAfterMs: waitMs } : undefined;
    },
    countSend(subject, { contact, seq, expiresMs }) {
      const budget = find(subject);
      const sends = [...budget.recent, { seq, sentMs: subject.nowMs }];
      const recent = sends.slice(-UNDECIDED_MAX);
      const older = sends.slice(0, -UNDECIDED_MAX);
      const codes = [...(budget.current[hexOf(contact)] ?? []), { seq, expiresMs }].slice(-UNDECIDED_MAX);
      const after = {
        wrongMs: budget.wrongMs,
        sends: budget.sends + older.length,
        sentMs: older.at(-1)?.sentMs ?? budget.sentMs,
        recent,
        current: { ...budget.current, [hexOf(contact)]: codes },
      };
      put(subject, after);
      return subject.nowMs + delayMs(countSends(after));
    },
    undoSend(subject, { contact, seq }) {
      const budget = find(subject);
      const codes = budget.current[hexOf(contact)] ?? [];
      const left = codes.filter((code) => code.seq !== seq);
      const recent = budget.recent.filter((send) => send.seq !== seq);
      put(subject, { ...budget, recent, current: { ...budget.current, [hexOf(contact)]: left } });
      return codes.at(-1)?.seq === seq ? left.at(-1)?.seq : undefined;
    },
    currentOf: (subject, contact) => find(subject).current[hexOf(contact)]?.at(-1)?.seq,
    isExhausted: (subject) => find(subject).wrongMs.length >= attemptsMax,
    countWrong(subject) {
      const budget = find(subject);
      const wrongMs = [...budget.wrongMs, subject.nowMs];
      put(subject, { ...budget, wrongMs });
      return wrongMs.length >= attemptsMax;
    },
    reset(subject, contact) {
      const { [hexOf(contact)]: _, ...current } = find(subject).current;
      if (Object.keys(current).length > 0)
        put(subject, { wrongMs: [], sends: 0, sentMs: 0, recent: [], current });
      else marks.remove(subject.account, subject.mailbox, nameOf(subject.purpose));
    },
  };
}

function lastSentMs({ recent, sentMs }: Budget): number {
  return recent.at(-1)?.sentMs ?? sentMs;
}

function countSends({ recent, sends }: Budget): number {
  return sends + recent.length;
}

function nameOf(purpose: string): string {
  return `budget:${purpose}`;
}

function hexOf(contact: Uint8Array): string {
  return Buffer.from(contact).toString('hex');
}
