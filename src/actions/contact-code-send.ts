// Sends a one-time code to a contact (Tencent domain SendIntlPhoneEmailCode and SendPhoneEmailCode).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { CONTACT_PURPOSE } from '../domain/one-time-code.ts';
import type { StartedCode } from '../ports/verifications.ts';
import {
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
import { CHARGED } from './fields.ts';

/** Of every action that sends a code. */
export const CODE_SEND_PRICE_KEY = 'code-send';

export const contactCodeSend = row('contact-code-send', 'international');
export const contactCodeSendDomestic = row('contact-code-send-domestic', 'domestic');

function row(name: string, site: Site) {
  return defineAction({
    ...CONTACT_ACTION,
    name,
    summary: {
      en: 'Sends a one-time code to a mobile number or an e-mail address.',
      zh: '向手机或邮箱发送验证码。',
    },
    input: Type.Object({ type: TYPE_FIELD, contact: CONTACT_FIELD }),
    output: Type.Object({}),
    outcomes: { code_sent: CHARGED },
    faults: documentedFaults(site, [
      ...CONTACT_FAULTS,
      ...(['send_refused', 'send_too_early', 'send_limit_reached', 'send_failed'] as const),
      'account_without_sending',
    ]),
    subject: 'contact',
    priceKey: () => CODE_SEND_PRICE_KEY,
    examples: [
      { title: { en: 'To a mobile number', zh: '发送至手机' }, input: { type: 1, contact: '18766554433' } },
      { title: { en: 'To a mailbox', zh: '发送至邮箱' }, input: { type: 2, contact: 'ann@example.org' } },
    ],
    prepare(input, context) {
      const contact = readContact(readKind(input.type), input.contact, context);
      const { verifications, asker } = context;
      const language = site === 'domestic' || contact.country === 'CN' ? 'zh' : 'en';
      let started: StartedCode | undefined;
      return {
        kind: 'question',
        values: { contact: contact.key },
        async ask() {
          const wanted = { contact, purpose: CONTACT_PURPOSE, language } as const;
          started = await failingAs('send_failed', verifications.start(asker(), wanted));
          return { outcome: 'code_sent', output: {}, source: '', asOf: undefined };
        },
        settled(isRecorded) {
          started?.settle(isRecorded);
        },
      };
    },
  });
}
