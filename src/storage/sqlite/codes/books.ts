// Everything that is done to codes.db, as plain steps over an open file; who calls them sees to transactions.

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore, SendRules } from '../../../ports/code-store.ts';
import { createAttemptBudgets } from './attempt-budgets.ts';
import { createCheck, createCodeHash } from './check-code.ts';
import { createContactList } from './contacts.ts';
import { createDeliveries } from './deliveries.ts';
import { createGuardWindows } from './guard-windows.ts';
import { createHold } from './hold-code.ts';
import { createMessageSettings } from './message-settings.ts';
import { createVerificationReader } from './read-verifications.ts';
import { createRefusalLog } from './refusals.ts';
import { createSweep } from './sweep.ts';

/** The store's operations as this thread carries them out: at once. */
export type Sync<Store, Names extends keyof Store> = {
  [Name in Names]: Store[Name] extends (...args: infer Args) => Promise<infer Answer>
    ? (...args: Args) => Answer
    : never;
};

export type CodeBooks = Sync<CodeStore, Exclude<keyof CodeStore, 'close'>>;

export function createCodeBooks(database: DatabaseSync, rules: SendRules, codeKey: Uint8Array): CodeBooks {
  const windows = createGuardWindows(database, rules);
  const budgets = createAttemptBudgets(database, rules);
  const refusals = createRefusalLog(database, rules.refusalsMax);
  const contacts = createContactList(database);
  const hashCode = createCodeHash(codeKey);
  return {
    hold: createHold(database, { windows, budgets, refusals, hashCode }),
    refuse: (refusal) => refusals.add(refusal),
    check: createCheck(database, { budgets, windows, contacts, hashCode }),
    ...createDeliveries(database),
    sweep: createSweep(database, rules),
    ...createVerificationReader(database),
    contacts: contacts.contacts,
    removeContact: contacts.removeContact,
    refusals: refusals.refusals,
    refusalSums: refusals.refusalSums,
    ...createMessageSettings(database),
  };
}
