// Verifies a contact with the code that was sent to it, and adds it to the account's list (Tencent domain CreateIntlPhoneEmail and
// CreatePhoneEmail).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import { CONTACT_PURPOSE } from '../domain/one-time-code.ts';
import {
  CODE_FIELD,
  CONTACT_ACTION,
  CONTACT_FAULTS,
  CONTACT_FIELD,
  documentedFaults,
  failingAs,
  readContact,
  readKind,
  type Site,
  TYPE_FIELD,
} from './contact-fields.ts';
import { FREE } from './fields.ts';

export const contactVerify = row('contact-verify', 'international');
export const contactVerifyDomestic = row('contact-verify-domestic', 'domestic');

const FAULT_OF = {
  wrong: 'code_wrong',
  unusable: 'code_unusable',
  already_verified: 'contact_verified',
} as const;

function row(name: string, site: Site) {
  return defineAction({
    ...CONTACT_ACTION,
    name,
    summary: {
      en: 'Verifies a mobile number or an e-mail address with the code that was sent to it.',
      zh: '使用验证码验证手机或邮箱。',
    },
    input: Type.Object({ type: TYPE_FIELD, contact: CONTACT_FIELD, verifyCode: CODE_FIELD }),
    output: Type.Object({}),
    outcomes: { code_verified: FREE },
    faults: documentedFaults(site, [
      ...CONTACT_FAULTS,
      ...(['code_wrong', 'code_unusable', 'contact_verified', 'contact_not_added'] as const),
    ]),
    subject: 'contact',
    priceKey: () => name,
    examples: [
      {
        title: { en: 'A mobile number', zh: '验证手机' },
        input: { type: 1, contact: '18766554433', verifyCode: '123456' },
      },
    ],
    prepare(input, context) {
      const contact = readContact(readKind(input.type), input.contact, context);
      const { verifications, asker } = context;
      let kept = Promise.resolve();
      return {
        kind: 'question',
        values: { contact: contact.key },
        async ask() {
          const wanted = { contact, purpose: CONTACT_PURPOSE, addsContact: true };
          const checking = verifications.check(asker(), wanted, String(input.verifyCode));
          const judged = await failingAs('contact_not_added', checking);
          if (judged.kind !== 'verified') throw new Fault(FAULT_OF[judged.kind]);
          kept = judged.kept;
          return { outcome: 'code_verified', output: {}, source: '', asOf: undefined };
        },
        kept: () => failingAs('contact_not_added', kept),
      };
    },
  });
}
