// What a gateway says later of a message that it took: a small JSON object or form whose field names the operator gives. Who
// sent it is for the caller to check (codecs/webhook-signature.ts).

import type { Receipt } from '../../ports/message-channel.ts';
import { parseFields, readPath } from './read-path.ts';

export interface ReceiptFields {
  /** Paths such as 'data.id'. */
  readonly reference: string;
  readonly state: string;
  /** '' where the gateway gives no reason. */
  readonly reason: string;
  /** Values of the state that say so, in any case; others are steps on the way and no receipt. */
  readonly delivered: readonly string[];
  readonly failed: readonly string[];
}

export const REFERENCE_LENGTH_MAX = 200;
/** Words and short numbers: what could be a telephone number or an address is no code. */
const CODE = /^(?=.{1,32}$)(?!.*\d{6})[A-Za-z0-9][A-Za-z0-9_.:-]*$/;

/** undefined when it says nothing final, or nothing that can be understood. */
export function readReceipt(body: Buffer, fields: ReceiptFields): Receipt | undefined {
  const parsed = parseFields(body);
  const reference = readPath(parsed, fields.reference) ?? '';
  const said = readPath(parsed, fields.state)?.toLowerCase() ?? '';
  if (reference === '' || reference.length > REFERENCE_LENGTH_MAX || said === '') return undefined;
  const says = (values: readonly string[]): boolean => values.some((value) => value.toLowerCase() === said);
  const reason = fields.reason === '' ? undefined : readPath(parsed, fields.reason);
  const code = reason !== undefined && CODE.test(reason) ? reason : '';
  if (says(fields.delivered)) return { reference, state: 'delivered', reason: code };
  return says(fields.failed) ? { reference, state: 'failed', reason: code } : undefined;
}
