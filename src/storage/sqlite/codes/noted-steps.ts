// Steps that accounts want to hear of: the notice is written in the transaction of the step.

import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { uuidOfHash } from '../../../codecs/uuid-of-hash.ts';
import { type NoticeEvent, writeStatusNotice } from '../../../domain/status-notice.ts';
import type { SendRules, VerificationStep } from '../../../ports/code-store.ts';
import { addNotice } from './notices.ts';
import { STEP_COLUMNS, stepOf } from './read-verifications.ts';
import type { WebhookBook } from './webhooks.ts';

export interface Noted {
  readonly isAny: boolean;
  /** For which the queue of their account had no room. */
  readonly dropped: number;
}

export interface StepNotes {
  noteDelivery(step: VerificationStep | undefined): VerificationStep | undefined;
  noteVerified(account: number, id: string): void;
  /** What there was since the last time. */
  takeNoted(): Noted;
}

const NOTHING: Noted = { isAny: false, dropped: 0 };

const EVENTS = {
  queued: undefined,
  sent: 'verification.sent',
  delivered: 'verification.delivered',
  failed: 'verification.failed',
  expired: 'verification.expired',
} as const satisfies Record<VerificationStep['deliveryState'], NoticeEvent | undefined>;

export function createStepNotes(database: DatabaseSync, webhooks: WebhookBook, rules: SendRules): StepNotes {
  const find = database.prepare(`SELECT ${STEP_COLUMNS} FROM verifications WHERE account = ? AND id = ?`);

  let noted: Noted = NOTHING;

  function note(event: NoticeEvent, verification: VerificationStep): void {
    const { id: itsId, account: accountId, changedMs } = verification;
    // Each happens once to a verification: the event's name is the same whenever it is written.
    const id = uuidOfHash(hash('sha256', `${itsId}\n${event}`, 'buffer'));
    const body = writeStatusNotice({ id, event, createdMs: changedMs, verification });
    const notice = { id, accountId, body, nextMs: changedMs, expiresMs: changedMs + rules.noticeLifetimeMs };
    const isAdded = addNotice(database, notice, rules.noticesMax);
    if (!isAdded) webhooks.countDropped(accountId, changedMs);
    noted = { isAny: true, dropped: noted.dropped + (isAdded ? 0 : 1) };
  }

  return {
    takeNoted() {
      const had = noted;
      noted = NOTHING;
      return had;
    },
    noteDelivery(step) {
      const event = step === undefined ? undefined : EVENTS[step.deliveryState];
      if (step !== undefined && event !== undefined && webhooks.isListening(step.account)) note(event, step);
      return step;
    },
    noteVerified(account, id) {
      if (!webhooks.isListening(account)) return;
      const row = find.get(account, id);
      if (row !== undefined) note('verification.verified', stepOf(row));
    },
  };
}
