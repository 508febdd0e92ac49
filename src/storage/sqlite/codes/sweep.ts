// Ends what is over and forgets what is older than it is kept.

import type { DatabaseSync } from 'node:sqlite';
import type { SendRules, StoredVerification } from '../../../ports/code-store.ts';
import { budgetMemoryMs } from './attempt-budgets.ts';
import { verificationOf } from './read-verifications.ts';

/** At once: a long write would hold up codes that are being entered. */
const ROWS_MAX = 1000;
const DAY_MS = 86_400_000;

export function createSweep(database: DatabaseSync, rules: SendRules) {
  const endCodes = database.prepare(
    `UPDATE verifications SET code_hash = NULL, code_state = 'expired', changed_ms = ?1 WHERE seq IN
       (SELECT seq FROM verifications WHERE code_hash IS NOT NULL AND expires_ms <= ?1 LIMIT ?2)`,
  );
  const endMessages = database.prepare(
    `UPDATE verifications SET sealed_message = NULL, delivery_state = 'expired', changed_ms = ?1 WHERE seq IN
       (SELECT seq FROM verifications WHERE sealed_message IS NOT NULL AND expires_ms <= ?1 LIMIT ?2) RETURNING *`,
  );
  const forget = database.prepare(
    `DELETE FROM verifications WHERE seq IN
       (SELECT seq FROM verifications WHERE created_ms <= ? AND code_hash IS NULL AND sealed_message IS NULL LIMIT ?)`,
  );
  const forgetBudgets = database.prepare('DELETE FROM budgets WHERE changed_ms <= ?');
  const forgetWindows = database.prepare(
    'DELETE FROM windows WHERE started_ms <= ? AND blocked_until_ms <= ?',
  );

  return (nowMs: number): StoredVerification[] => {
    endCodes.run(nowMs, ROWS_MAX);
    forget.run(nowMs - rules.keepMs, ROWS_MAX);
    forgetBudgets.run(nowMs - budgetMemoryMs(rules));
    // As long as the longest block is remembered, the next one is longer.
    forgetWindows.run(nowMs - rules.windowMs - 2 * DAY_MS, nowMs - 2 * DAY_MS);
    return endMessages.all(nowMs, ROWS_MAX).map(verificationOf);
  };
}
