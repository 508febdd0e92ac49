// Ends what is over and forgets what is older than it is kept.

import type { DatabaseSync } from 'node:sqlite';
import type { SendRules, VerificationStep } from '../../../ports/code-store.ts';
import type { Marks } from './marks.ts';
import { STEP_COLUMNS, stepOf } from './read-verifications.ts';
import { UNFINISHED } from './schema.ts';

/** At once: a long write would hold up codes that are being entered. */
const ROWS_MAX = 1000;
const MARKS_MAX = 3000;

export function createSweep(database: DatabaseSync, rules: SendRules, marks: Marks) {
  const endCodes = database.prepare(
    `UPDATE verifications SET code_hash = NULL, code_state = iif(code_state = 'pending', 'expired', code_state),
       changed_ms = ?1 WHERE seq IN
       (SELECT seq FROM verifications WHERE ${UNFINISHED} AND code_hash IS NOT NULL AND expires_ms <= ?1 LIMIT ?2)`,
  );
  const endMessages = database.prepare(
    `UPDATE verifications SET sealed_message = NULL, delivery_state = 'expired', changed_ms = ?1 WHERE seq IN
       (SELECT seq FROM verifications WHERE ${UNFINISHED} AND sealed_message IS NOT NULL AND expires_ms <= ?1 LIMIT ?2)
     RETURNING ${STEP_COLUMNS}`,
  );
  const forget = database.prepare(
    `DELETE FROM verifications WHERE seq IN
       (SELECT seq FROM (SELECT * FROM verifications ORDER BY seq LIMIT ?2)
        WHERE created_ms <= ?1 AND code_hash IS NULL AND sealed_message IS NULL)`,
  );

  return (nowMs: number): VerificationStep[] => {
    endCodes.run(nowMs, ROWS_MAX);
    forget.run(nowMs - rules.keepMs, ROWS_MAX);
    // A send leaves several.
    marks.sweep(nowMs, MARKS_MAX);
    return endMessages.all(nowMs, ROWS_MAX).map(stepOf);
  };
}
