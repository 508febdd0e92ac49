// Compares a code with the one that was sent for a verification (Lineproof's own calls).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { Fault } from '../domain/fault.ts';
import { CODE_FIELD, CONTACT_ACTION } from './contact-fields.ts';
import { FREE } from './fields.ts';

const ID_MAX_LENGTH = 128;

export const verificationCheck = defineAction({
  ...CONTACT_ACTION,
  name: 'verification-check',
  summary: {
    en: 'Checks the code that a person entered: right once, and only so many may be wrong.',
    zh: '校验用户输入的验证码；每个验证码仅可成功一次，错误次数有限。',
  },
  input: Type.Object({
    id: Type.String({
      maxLength: ID_MAX_LENGTH,
      title: 'Of the verification.',
      titleZh: '验证编号。',
      example: '7f1d3a52-0000-4000-8000-000000000000',
    }),
    code: CODE_FIELD,
  }),
  output: Type.Object({ id: Type.String() }),
  outcomes: { code_verified: FREE },
  usesUp: true,
  faults: ['code_wrong', 'code_unusable', 'resource_not_found', 'storage_unavailable'],
  subject: 'id',
  priceKey: () => 'verification-check',
  examples: [
    {
      title: { en: 'As it was entered', zh: '校验' },
      input: { id: '7f1d3a52-0000-4000-8000-000000000000', code: '123456' },
    },
  ],
  prepare(input, { account, verifications, asker }) {
    const id = String(input.id);
    let kept = Promise.resolve();
    return {
      kind: 'question',
      values: { id },
      async ask() {
        const judged = await verifications.checkById(asker(), id, String(input.code));
        if (judged.kind === 'verified') {
          kept = judged.kept;
          return { outcome: 'code_verified', output: { id }, source: '', asOf: undefined };
        }
        if (judged.kind === 'wrong') throw new Fault('code_wrong');
        // Another account's is as unknown as one that never was.
        const isOwn = (await verifications.find(account.id, id)) !== undefined;
        throw new Fault(isOwn ? 'code_unusable' : 'resource_not_found');
      },
      kept: () => kept,
    };
  },
});
