// Finds the row of a recipient, and what becomes of the message to it.

import type { Contact, ContactKind } from '../../domain/contact.ts';
import { parseEmailContact } from '../../domain/contact.ts';
import type { PlayedDelivery } from '../../ports/rehearsal.ts';
import { type ContactRow, DELIVERED } from './contact-row.ts';
import { withoutCountryCode } from './documented-number.ts';
import { CONTACT_TABLE } from './table-contacts.ts';

const byNumber = indexBy(({ number }) => number);
const byAddress = indexBy(({ address }) => address);

/** By what was written: a documented number need not be well formed. */
export function findRecipient(kind: ContactKind, text: string): ContactRow | undefined {
  if (kind === 'phone') return byNumber.get(withoutCountryCode(text));
  const contact = parseEmailContact(text);
  return contact === undefined ? undefined : byAddress.get(contact.mailbox);
}

/** What has become of a message of that age. */
export function playDelivery(contact: Contact, ageMs: number): PlayedDelivery {
  const { delivery } = findRecipient(contact.kind, contact.to) ?? { delivery: DELIVERED };
  const [first] = delivery;
  const stage = delivery.findLast(({ fromMs }) => fromMs <= ageMs) ?? first;
  if (stage === undefined) throw new Error('a recipient of the sandbox has no stage of delivery');
  return { deliveryState: stage.deliveryState, channel: 'sandbox', reason: stage.reason };
}

function indexBy(key: (row: ContactRow) => string | undefined): ReadonlyMap<string, ContactRow> {
  return new Map(CONTACT_TABLE.flatMap((row) => (key(row) === undefined ? [] : [[String(key(row)), row]])));
}
