// The documented recipients of one-time codes as plain questions. All of it follows from the table: nothing is sent or kept.

import type { RecipientRehearsal } from '../../ports/rehearsal.ts';
import { isCode } from './answer-contact.ts';
import { findRecipient, playDelivery } from './find-recipient.ts';

export const RECIPIENT_REHEARSAL: RecipientRehearsal = {
  refuseSend: ({ kind, to }) => findRecipient(kind, to)?.faults.send,
  refuseCode({ kind, to }, code) {
    const row = findRecipient(kind, to);
    return row?.faults.verify ?? (isCode(row, code) ? undefined : 'code_wrong');
  },
  deliver: playDelivery,
};
