// How many wrong codes are still allowed for one recipient and purpose, whatever is sent in between, and when the next code may
// be sent. Wrong attempts count for a time that slides, so that no moment allows twice as many.

import type { DatabaseSync } from 'node:sqlite';
import type { SendRules } from '../../../ports/code-store.ts';
import type { GuardRefusal } from './guard-windows.ts';

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
  countSend(subject: Budgeted): number;
  isExhausted(subject: Budgeted): boolean;
  /** Answers whether that was the last one. */
  countWrong(subject: Budgeted): boolean;
  reset(subject: Budgeted): void;
}

interface Budget {
  readonly wrongMs: readonly number[];
  readonly sends: number;
  readonly sentMs: number;
}

const DOUBLINGS_MAX = 30;

/** How long a budget matters: wrong codes count, or a wait lasts. */
export function budgetMemoryMs({ attemptWindowMs, resendMaxMs }: SendRules): number {
  return Math.max(attemptWindowMs, resendMaxMs);
}

export function createAttemptBudgets(database: DatabaseSync, rules: SendRules): AttemptBudgets {
  const { attemptsMax, attemptWindowMs, resendBaseMs, resendMaxMs } = rules;
  const read = database.prepare('SELECT * FROM budgets WHERE account = ? AND mailbox = ? AND purpose = ?');
  const write = database.prepare('INSERT OR REPLACE INTO budgets VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM budgets WHERE account = ? AND mailbox = ? AND purpose = ?');

  function find({ account, mailbox, purpose, nowMs }: Budgeted): Budget {
    const row = read.get(account, mailbox, purpose);
    if (row === undefined) return { wrongMs: [], sends: 0, sentMs: 0 };
    const wrongMs = (JSON.parse(String(row.wrong_ms)) as number[]).filter(
      (timeMs) => timeMs > nowMs - attemptWindowMs,
    );
    const sentMs = Number(row.sent_ms);
    return { wrongMs, sends: sentMs > nowMs - budgetMemoryMs(rules) ? Number(row.sends) : 0, sentMs };
  }

  function put(subject: Budgeted, { wrongMs, sends, sentMs }: Budget): void {
    const { account, mailbox, purpose, nowMs } = subject;
    write.run(account, mailbox, purpose, JSON.stringify(wrongMs), sends, sentMs, nowMs);
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
    countSend(subject) {
      const budget = find(subject);
      const sends = budget.sends + 1;
      put(subject, { wrongMs: budget.wrongMs, sends, sentMs: subject.nowMs });
      return subject.nowMs + delayMs(sends);
    },
    isExhausted: (subject) => find(subject).wrongMs.length >= attemptsMax,
    countWrong(subject) {
      const budget = find(subject);
      const wrongMs = [...budget.wrongMs, subject.nowMs];
      put(subject, { ...budget, wrongMs });
      return wrongMs.length >= attemptsMax;
    },
    reset: ({ account, mailbox, purpose }) => void remove.run(account, mailbox, purpose),
  };
}
