// A send that was refused in the end: everything is as if it had never been asked for.

import type { DatabaseSync } from 'node:sqlite';
import type { CountedSend } from '../../../ports/code-store.ts';
import type { AttemptBudgets } from './attempt-budgets.ts';
import type { GuardWindows } from './guard-windows.ts';

export function createDrop(database: DatabaseSync, windows: GuardWindows, budgets: AttemptBudgets) {
  const drop = database.prepare(
    "DELETE FROM verifications WHERE id = ? AND delivery_state = 'held' RETURNING seq, account, contact, mailbox, purpose",
  );
  const revive = database.prepare(
    "UPDATE verifications SET code_state = 'pending' WHERE seq = ? AND account = ? AND code_state = 'replaced'",
  );

  return (id: string, nowMs: number, counted?: CountedSend): void => {
    const row = drop.get(id);
    if (row === undefined) return;
    const { mailbox, contact } = row as { readonly mailbox: Uint8Array; readonly contact: Uint8Array };
    const account = Number(row.account);
    const subject = { account, mailbox, purpose: String(row.purpose), nowMs };
    const earlier = budgets.undoSend(subject, { contact, seq: Number(row.seq) });
    if (earlier !== undefined) revive.run(earlier, account);
    if (counted !== undefined) windows.uncount(counted);
  };
}
