// What a gateway's answer means for the message: taken over, refused for good, refused for now, or nobody knows.

import { ChannelError } from '../../ports/channel.ts';
import type { HandedOver } from '../../ports/message-channel.ts';
import type { IncomingAnswer } from '../../ports/transport.ts';
import { parseFields, readPath } from './read-path.ts';
import { REFERENCE_LENGTH_MAX } from './read-receipt.ts';

export interface AnswerRules {
  /** Empty: every 2xx. */
  readonly successStatuses: readonly number[];
  /** Of refusals: another attempt may help. */
  readonly retryableStatuses: readonly number[];
  /** Such as that of a relay that gave up waiting: the message may have been taken all the same. */
  readonly uncertainStatuses: readonly number[];
  /** Path of the gateway's name for the message, such as 'data.0.id'; '' where it gives none. */
  readonly referencePath: string;
  /** For gateways that answer 200 to everything and say in the body what they did. */
  readonly verdict?: AnswerVerdict | undefined;
}

export interface AnswerVerdict {
  readonly path: string;
  /** Values that say that the message was taken; any other is a refusal. */
  readonly accepted: readonly string[];
  readonly retryable: readonly string[];
}

/** Throws ChannelError. */
export function judgeAnswer({ status, body }: IncomingAnswer, rules: AnswerRules): HandedOver {
  const { successStatuses, verdict, referencePath } = rules;
  const isSuccess =
    successStatuses.length === 0 ? status >= 200 && status < 300 : successStatuses.includes(status);
  if (!isSuccess) {
    const isUncertain = rules.uncertainStatuses.includes(status);
    throw new ChannelError(
      `http_${status}`,
      rules.retryableStatuses.includes(status) && !isUncertain,
      isUncertain,
    );
  }
  if (verdict === undefined && referencePath === '') return { reference: '' };
  const fields = parseFields(Buffer.from(body, 'utf8'));
  if (verdict !== undefined) {
    const said = readPath(fields, verdict.path);
    if (said === undefined) throw new ChannelError('answer_unreadable', false, true);
    if (!verdict.accepted.includes(said))
      throw new ChannelError('answer_refused', verdict.retryable.includes(said));
  }
  const reference = referencePath === '' ? '' : (readPath(fields, referencePath) ?? '');
  // Without a name, or with one that nobody could have meant, no receipts come; the message has been taken all the same.
  return { reference: reference.length > REFERENCE_LENGTH_MAX ? '' : reference };
}
