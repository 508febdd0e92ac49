// A code is asked for: refused by a guard, or kept with its message until its call is recorded.

import type { DatabaseSync } from 'node:sqlite';
import type { DeadLine, HeldCode, NewCode } from '../../../ports/code-store.ts';
import type { AttemptBudgets } from './attempt-budgets.ts';
import type { HashCode } from './check-code.ts';
import type { GuardWindows } from './guard-windows.ts';
import type { RefusalLog } from './refusals.ts';

export interface HoldParts {
  readonly windows: GuardWindows;
  readonly budgets: AttemptBudgets;
  readonly refusals: RefusalLog;
  readonly hashCode: HashCode;
}

export function createHold(database: DatabaseSync, { windows, budgets, refusals, hashCode }: HoldParts) {
  const replace = database.prepare(
    // It keeps its hash: should the new one be refused in the end, it is the last one again.
    `UPDATE verifications SET code_state = iif(expires_ms > ?1, 'replaced', 'expired'), changed_ms = ?1
     WHERE seq = ?2 AND account = ?3 AND contact = ?4 AND purpose = ?5 AND code_state = 'pending'`,
  );
  const insert = database.prepare(
    `INSERT INTO verifications (id, account, key, request_id, purpose, kind, contact, mailbox, prefix, sealed_contact,
       code_hash, code_state, delivery_state, sealed_message, channels, created_ms, expires_ms, changed_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 'held', ?, ?, ?, ?, ?)`,
  );

  /** Last, and counted: whoever asks for the lines of many numbers in this way is limited as by sending. */
  function judgeLine(wanted: NewCode): DeadLine | undefined {
    if (!wanted.isDead) return undefined;
    windows.countUnsent(wanted);
    return { guard: 'dead_line' };
  }

  return (wanted: NewCode): HeldCode => {
    const { id, account, key, requestId, purpose, kind, contact, mailbox, prefix } = wanted;
    const { sealedContact, sealedMessage, channels, nowMs, expiresMs } = wanted;
    const refusal = budgets.judgeSend(wanted) ?? windows.judge(wanted) ?? judgeLine(wanted);
    if (refusal !== undefined) {
      const { maskedTo, country } = wanted;
      const { guard } = refusal;
      // Who waits a little sends it all the same.
      const savedMinor = guard === 'delay' ? 0 : wanted.costMinor;
      refusals.add({ account, timeMs: nowMs, guard, kind, maskedTo, country, requestId, savedMinor });
      return { kind: 'refused', ...refusal };
    }
    windows.count(wanted);
    const earlier = budgets.currentOf(wanted, contact);
    if (earlier !== undefined) replace.run(nowMs, earlier, account, contact, purpose);
    const hash = hashCode(account, contact, purpose, wanted.code);
    const who = [id, account, key, requestId, purpose, kind, contact, mailbox, prefix] as const;
    const names = JSON.stringify(channels);
    const { lastInsertRowid } = insert.run(
      ...who,
      ...([sealedContact, hash, sealedMessage, names, nowMs, expiresMs, nowMs] as const),
    );
    const seq = Number(lastInsertRowid);
    return { kind: 'held', resendMs: budgets.countSend(wanted, { contact, seq, expiresMs }) };
  };
}
