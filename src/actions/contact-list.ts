// Lists the account's verified contacts, newest first (Tencent domain DescribeIntlPhoneEmailList and DescribePhoneEmailList).

import { type ActionContext, defineAction, type Prepared } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { maskContact } from '../domain/contact.ts';
import { Fault } from '../domain/fault.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import type { VerifiedContact } from '../ports/verifications.ts';
import {
  CONTACT_ACTION,
  CONTACT_FIELD,
  documentedFaults,
  failingAs,
  LISTED,
  readContact,
  readKind,
  TYPE_FIELD,
  typeOf,
} from './contact-fields.ts';

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 200;
/** Deeper pages are of no use to anybody, and cost their depth. */
const OFFSET_MAX = 1_000_000;
const EVERY_TYPE = 0;

const ITEM = {
  code: Type.String({
    sensitive: true,
    title: 'Mobile number or e-mail address.',
    titleZh: '手机或者邮箱。',
  }),
  type: TYPE_FIELD,
  createdOn: Type.String({
    title: 'Time of the verification.',
    titleZh: '创建时间。',
    example: '2021-09-28 12:10:10',
  }),
};
const LIST = { title: 'The verified contacts of the page.', titleZh: '手机或者邮箱列表。' };
const total = Type.Integer({ title: 'Number of all of them.', titleZh: '总数量。' });
const limitField = (title: string, titleZh: string) =>
  Type.Optional(Type.Integer({ title, titleZh, example: 20 }));

export const contactList = defineAction({
  ...CONTACT_ACTION,
  name: 'contact-list',
  summary: {
    en: 'Lists the verified mobile numbers and e-mail addresses.',
    zh: '获取已验证的手机和邮箱列表。',
  },
  input: Type.Object({
    type: TYPE_FIELD,
    limit: limitField('Entries of a page, 1 to 200 (20).', '每页数量，1-200，默认 20。'),
    offset: Type.Optional(
      Type.Integer({ title: 'Number of the page, from 1.', titleZh: '页码，从 1 开始。', example: 1 }),
    ),
  }),
  output: Type.Object({ phoneEmailList: Type.Array(Type.Object(ITEM), LIST), totalCount: total }),
  outcomes: LISTED,
  faults: documentedFaults('international', ['contact_kind_invalid', 'contacts_unreadable']),
  subject: undefined,
  priceKey: () => 'contact-list',
  examples: [{ title: { en: 'Mobile numbers', zh: '手机' }, input: { type: 1, limit: 20, offset: 1 } }],
  prepare(input, context) {
    const kind = readKind(input.type);
    const limit = Number(input.limit ?? LIMIT_DEFAULT);
    const page = Math.max(1, Number(input.offset ?? 1));
    const offset = (page - 1) * limit;
    // The one code that the vendor documents for values.
    if (limit < 1 || limit > LIMIT_MAX || Number(input.offset) < 0 || offset > OFFSET_MAX)
      throw new Fault('contact_kind_invalid');
    return list(context, { kind }, { offset, limit }, (to) => to, {});
  },
});

export const contactListDomestic = defineAction({
  ...CONTACT_ACTION,
  name: 'contact-list-domestic',
  summary: { en: 'Lists the verified mobile numbers and e-mail addresses.', zh: '已验证手机邮箱列表。' },
  input: Type.Object({
    type: Type.Optional(
      Type.Integer({
        title: '0: all (default). 1: mobile numbers. 2: e-mail addresses.',
        titleZh: '0：所有类型，1：手机，2：邮箱，默认 0。',
        example: 0,
      }),
    ),
    offset: Type.Optional(
      Type.Integer({ title: 'Entries to pass over (0).', titleZh: '偏移量，默认为 0。', example: 0 }),
    ),
    limit: limitField('Entries to give, 1 to 200 (20).', '返回数量，默认为 20，取值范围 [1,200]。'),
    contact: Type.Optional(CONTACT_FIELD),
  }),
  output: Type.Object({
    phoneEmailList: Type.Array(
      Type.Object({
        ...ITEM,
        checkStatus: Type.Integer({
          title: 'How it was verified: 1.',
          titleZh: '校验方式，恒为 1。',
          example: 1,
        }),
      }),
      LIST,
    ),
    totalCount: total,
  }),
  outcomes: LISTED,
  faults: ['parameter_invalid', 'contacts_unreadable'],
  subject: undefined,
  priceKey: () => 'contact-list-domestic',
  examples: [{ title: { en: 'All', zh: '所有' }, input: { type: 0, offset: 0, limit: 20 } }],
  prepare(input, context) {
    const type = input.type ?? EVERY_TYPE;
    const offset = Number(input.offset ?? 0);
    const limit = Number(input.limit ?? LIMIT_DEFAULT);
    if (limit < 1 || limit > LIMIT_MAX || offset < 0 || offset > OFFSET_MAX)
      throw new Fault('parameter_invalid');
    if (type !== EVERY_TYPE && type !== 1 && type !== 2) throw new Fault('parameter_invalid');
    const kind = type === EVERY_TYPE ? undefined : readKind(type);
    const wanted = typeof input.contact === 'string' && input.contact !== '' ? input.contact : undefined;
    const contact = wanted === undefined ? undefined : findContact(wanted, context);
    if (wanted !== undefined && contact === undefined) return empty();
    return list(context, { kind, contact }, { offset, limit }, mask, { checkStatus: 1 });
  },
});

/** An address has an @, a number has none. What is neither is among no verified contacts. */
function findContact(text: string, context: ActionContext) {
  try {
    return readContact(text.includes('@') ? 'email' : 'phone', text, context);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function empty(): Prepared {
  const output = { phoneEmailList: [], totalCount: 0 };
  return { kind: 'concluded', conclusion: { outcome: 'completed', output, source: '', asOf: undefined } };
}

type Verifications = ActionContext['verifications'];

function list(
  { verifications, account, rules }: ActionContext,
  filter: Parameters<Verifications['contacts']>[1],
  page: Parameters<Verifications['contacts']>[2],
  show: (to: string, kind: VerifiedContact['kind']) => string,
  more: Readonly<Record<string, unknown>>,
): Prepared {
  const format = createTimeFormat(rules.timeZone);
  const conclusion = failingAs('contacts_unreadable', verifications.contacts(account.id, filter, page)).then(
    ({ contacts, total: totalCount }) => ({
      outcome: 'completed' as const,
      output: {
        phoneEmailList: contacts.map(({ kind, to, verifiedMs }) => ({
          code: show(nationalForm(to, rules.region), kind),
          type: typeOf(kind),
          // 2021-09-28T12:10:10.000+08:00 -> 2021-09-28 12:10:10
          createdOn: format(verifiedMs).slice(0, 19).replace('T', ' '),
          ...more,
        })),
        totalCount,
      },
      source: '',
      asOf: undefined,
    }),
  );
  return { kind: 'concluded', conclusion };
}

/** Mainland numbers as they are written there, all others in full. */
function nationalForm(to: string, region: string): string {
  return region === 'CN' && to.startsWith('+86') ? to.slice(3) : to;
}

/** 137***3434 and c***@qq.com, as the vendor shows them. */
function mask(to: string, kind: VerifiedContact['kind']): string {
  return kind === 'email' || to.length < 11
    ? maskContact('email', to)
    : `${to.slice(0, 3)}***${to.slice(-4)}`;
}
