// Takes a contact off the account's list (Tencent domain DeleteIntlPhoneEmail and DeletePhoneEmail).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import {
  CONTACT_ACTION,
  CONTACT_FAULTS,
  CONTACT_FIELD,
  documentedFaults,
  LISTED,
  readContact,
  readKind,
  type Site,
  TYPE_FIELD,
} from './contact-fields.ts';

export const contactDelete = row('contact-delete', 'international');
export const contactDeleteDomestic = row('contact-delete-domestic', 'domestic');

function row(name: string, site: Site) {
  return defineAction({
    ...CONTACT_ACTION,
    name,
    summary: { en: 'Deletes a verified mobile number or e-mail address.', zh: '删除已验证的手机或邮箱。' },
    input: Type.Object({ type: TYPE_FIELD, contact: CONTACT_FIELD }),
    output: Type.Object({}),
    outcomes: LISTED,
    faults: documentedFaults(site, [...CONTACT_FAULTS, 'contact_not_found']),
    subject: 'contact',
    priceKey: () => name,
    examples: [
      { title: { en: 'A mobile number', zh: '删除手机' }, input: { type: 1, contact: '18766554433' } },
    ],
    prepare(input, context) {
      const contact = readContact(readKind(input.type), input.contact, context);
      const { verifications, account } = context;
      return {
        kind: 'question',
        values: { contact: contact.key },
        async ask() {
          if (!(await verifications.removeContact(account.id, contact))) throw new Fault('contact_not_found');
          return { outcome: 'completed', output: {}, source: '', asOf: undefined };
        },
      };
    },
  });
}
