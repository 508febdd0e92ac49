// Everything that is done to codes.db, lists apart, as plain steps over an open file; who calls them sees to transactions.

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore, SendRules } from '../../../ports/code-store.ts';
import { createAttemptBudgets } from './attempt-budgets.ts';
import { createCheck, createCodeHash } from './check-code.ts';
import type { CodeReads } from './codes-reader.ts';
import { createContactList } from './contacts.ts';
import { createDeliveries } from './deliveries.ts';
import { createDrop } from './drop-code.ts';
import { createGuardWindows } from './guard-windows.ts';
import { createHold } from './hold-code.ts';
import { createMarks } from './marks.ts';
import { createMessageSettings } from './message-settings.ts';
import { createStepNotes, type Noted } from './noted-steps.ts';
import { dropExpiredNotices, dueNotices, noticeDone, retryNoticeLater } from './notices.ts';
import { createVerificationReader } from './read-verifications.ts';
import { createRefusalLog } from './refusals.ts';
import { answerRepeats } from './repeated-checks.ts';
import { createSweep } from './sweep.ts';
import { createWebhookBook } from './webhooks.ts';

/** The store's operations as this thread carries them out: at once. */
export type Sync<Store, Names extends keyof Store> = {
  [Name in Names]: Store[Name] extends (...args: infer Args) => Promise<infer Answer>
    ? (...args: Args) => Answer
    : never;
};

/** Without what is read beside them (codes-reader.ts). */
export type CodeSteps = Sync<CodeStore, Exclude<keyof CodeStore, keyof CodeReads | 'close'>>;

export interface CodeBooks extends CodeSteps {
  /** Of notices since the last time. */
  takeNoted(): Noted;
  /** At the end of each transaction. */
  flush(): void;
  /** After one that was rolled back. */
  forget(): void;
}

export function createCodeBooks(database: DatabaseSync, rules: SendRules, codeKey: Uint8Array): CodeBooks {
  const marks = createMarks(database);
  const windows = createGuardWindows(marks, rules);
  const budgets = createAttemptBudgets(marks, rules);
  const refusals = createRefusalLog(database, rules.refusalsMax);
  const contacts = createContactList(database);
  const hashCode = createCodeHash(codeKey);
  const webhooks = createWebhookBook(database, marks, rules.keepMs);
  const notes = createStepNotes(database, webhooks, rules);
  const check = createCheck(database, { budgets, windows, contacts, hashCode });
  const deliveries = createDeliveries(database);
  const sweep = createSweep(database, rules, marks);
  return {
    hold: createHold(database, { windows, budgets, refusals, hashCode }),
    refuse: (refusal) => refusals.add(refusal),
    check: answerRepeats(marks, rules.checksKeptMs, (wanted) => {
      const checked = check(wanted);
      if (checked.kind === 'verified') notes.noteVerified(wanted.account, checked.id);
      return checked;
    }),
    drop: createDrop(database, windows, budgets),
    ...deliveries,
    deliver: (delivery) => notes.noteDelivery(deliveries.deliver(delivery)),
    receive: (channel, receipt, nowMs) => notes.noteDelivery(deliveries.receive(channel, receipt, nowMs)),
    sweep(nowMs) {
      const steps = sweep(nowMs);
      for (const step of steps) notes.noteDelivery(step);
      return steps;
    },
    ...createVerificationReader(database),
    removeContact: contacts.removeContact,
    ...createMessageSettings(database),
    webhook: webhooks.webhook,
    putWebhook: webhooks.putWebhook,
    disableWebhook: webhooks.disableWebhook,
    removeWebhook: webhooks.removeWebhook,
    takeNoted: notes.takeNoted,
    flush: marks.flush,
    forget: marks.forget,
    dueNotices: (nowMs, wanted) => dueNotices(database, nowMs, wanted),
    noticeDone: (seq) => noticeDone(database, seq),
    retryNoticeLater: (seq, nextMs) => retryNoticeLater(database, seq, nextMs),
    dropExpiredNotices: (nowMs) => dropExpiredNotices(database, nowMs),
  };
}
