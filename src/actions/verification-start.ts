// Sends a one-time code for one purpose of the application (Lineproof's own calls).

import type { Static } from 'typebox';
import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { type Contact, maskContact } from '../domain/contact.ts';
import { readVerificationRequest } from '../domain/verification-request.ts';
import type { StartedCode } from '../ports/verifications.ts';
import { CODE_SEND_PRICE_KEY } from './contact-code-send.ts';
import { CONTACT_ACTION, failingAs } from './contact-fields.ts';
import { CHARGED, personalField } from './fields.ts';

const CHANNELS_MAX = 8;
const NAME_MAX_LENGTH = 32;
const ADDRESS_MAX_LENGTH = 45;
const NAME = Type.String({ maxLength: NAME_MAX_LENGTH });

/** Of what was started; times are ISO 8601 in UTC. */
const STARTED = Type.Object({
  id: Type.String(),
  to: Type.String(),
  kind: Type.String({ enum: ['phone', 'email'] }),
  purpose: Type.String(),
  expiresAt: Type.String(),
  resendAt: Type.String(),
});

export const verificationStart = defineAction({
  ...CONTACT_ACTION,
  name: 'verification-start',
  summary: {
    en: 'Sends a one-time code to a number or an e-mail address, for one purpose of the application.',
    zh: '向手机号或邮箱发送验证码，可指定用途。',
  },
  input: Type.Object({
    to: personalField({ en: 'Number or e-mail address.', zh: '手机号或邮箱。' }, '18766554433'),
    purpose: Type.Optional(
      Type.String({
        maxLength: NAME_MAX_LENGTH,
        title: 'What the code is for (verify). Codes of two purposes never stand for one another.',
        titleZh: '用途，默认 verify；不同用途的验证码互不通用。',
        example: 'login',
      }),
    ),
    template: Type.Optional(
      Type.String({
        maxLength: NAME_MAX_LENGTH,
        title: "Name of one of the account's templates.",
        titleZh: '账户模板名称。',
      }),
    ),
    language: Type.Optional(
      Type.String({
        enum: ['en', 'zh'],
        title: 'Of the message; of mainland numbers zh, of all others en, unless given.',
        titleZh: '消息语言；大陆号码默认 zh，其余默认 en。',
      }),
    ),
    channels: Type.Optional(
      Type.Array(NAME, {
        minItems: 1,
        maxItems: CHANNELS_MAX,
        title: "Names of channels in the order to try, of the operator's.",
        titleZh: '按顺序尝试的通道。',
      }),
    ),
    clientAddress: Type.Optional(
      Type.String({
        sensitive: true,
        maxLength: ADDRESS_MAX_LENGTH,
        title: "IP address of the application's own user: sends are counted by it too.",
        titleZh: '最终用户的 IP 地址；填写后按该地址计数。',
      }),
    ),
  }),
  output: STARTED,
  outcomes: { code_sent: CHARGED },
  faults: [
    ...(['contact_number_invalid', 'contact_address_invalid', 'parameter_value'] as const),
    ...(['send_refused', 'send_too_early', 'send_limit_reached', 'send_failed'] as const),
  ],
  subject: 'to',
  priceKey: () => CODE_SEND_PRICE_KEY,
  examples: [
    { title: { en: 'To a number', zh: '发送至手机' }, input: { to: '18766554433', purpose: 'login' } },
    { title: { en: 'To a mailbox', zh: '发送至邮箱' }, input: { to: 'ann@example.org', language: 'en' } },
  ],
  prepare(input, { rules, verifications, asker }) {
    const { contact, purpose, clientAddress, ...wanted } = readVerificationRequest(input, rules.region);
    let started: StartedCode | undefined;
    return {
      kind: 'question',
      values: { to: contact.key },
      async ask() {
        const caller = asker();
        const who = clientAddress === undefined ? caller : { ...caller, userAddress: clientAddress };
        const starting = verifications.start(who, { ...wanted, contact, purpose });
        started = await failingAs('send_failed', starting);
        const output = startedOutput(contact, purpose, started);
        return { outcome: 'code_sent', output, source: '', asOf: undefined };
      },
      settled(isRecorded) {
        started?.settle(isRecorded);
      },
    };
  },
});

function startedOutput(
  { kind, to }: Contact,
  purpose: string,
  { id, expiresMs, resendMs }: StartedCode,
): Static<typeof STARTED> {
  return {
    ...{ id, to: maskContact(kind, to), kind, purpose },
    expiresAt: new Date(expiresMs).toISOString(),
    resendAt: new Date(resendMs).toISOString(),
  };
}
