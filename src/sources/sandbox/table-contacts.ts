// Every documented recipient of one-time codes: the vendor's own examples, what becomes of messages, and the faults and delays
// that the table has for lines, each with an address of its own.

import type { Meaning } from './answer.ts';
import { addressOf, type ContactRow, DELIVERED, fromEveryJob } from './contact-row.ts';
import { DELAY_ROWS } from './table-delays.ts';
import { DELIVERY_ROWS } from './table-deliveries.ts';
import { FAULT_NUMBERS, meaningOf } from './table-faults.ts';

const example = (number: string, meaning: Meaning, code?: string): ContactRow => ({
  number,
  address: undefined,
  meaning,
  faults: {},
  delivery: DELIVERED,
  ...(code === undefined ? {} : { code }),
});

const EXAMPLE_ROWS: readonly ContactRow[] = [
  example('18766554433', {
    en: 'The documented example of the international actions, however often it is repeated.',
    zh: '文档中国际接口的示例，可任意重复。',
  }),
  example('12365432345', {
    en: 'The documented example of SendPhoneEmailCode and DeletePhoneEmail.',
    zh: 'SendPhoneEmailCode 和 DeletePhoneEmail 的文档示例。',
  }),
  example(
    '12365432367',
    {
      en: 'The documented example of CreatePhoneEmail, with the code that it shows.',
      zh: 'CreatePhoneEmail 的文档示例，验证码与文档一致。',
    },
    '234567',
  ),
];

const FAULT_ROWS: readonly ContactRow[] = FAULT_NUMBERS.map(({ fault, number }) => ({
  number,
  address: addressOf(fault),
  meaning: meaningOf(fault),
  faults: fromEveryJob(fault),
  delivery: DELIVERED,
}));

/** By the digits behind 1690002 that tell what comes at the end. */
const SLOW_ENDS = {
  '00': { name: '', en: 'it is done', zh: '完成', faults: {} },
  '01': {
    name: '-overloaded',
    en: 'the server is overloaded',
    zh: '服务器过载',
    faults: fromEveryJob('overloaded'),
  },
  '02': { name: '-timeout', en: 'a time-out', zh: '超时', faults: fromEveryJob('source_timeout') },
} as const;

const SLOW_ROWS: readonly ContactRow[] = DELAY_ROWS.map(({ number, delayMs = 0 }) => {
  const { name, en, zh, faults } = SLOW_ENDS[number.slice(7, 9) as keyof typeof SLOW_ENDS];
  const seconds = delayMs / 1000;
  return {
    number,
    address: addressOf(`slow-${seconds}${name}`),
    meaning: { en: `Slow: after ${seconds} s, ${en}.`, zh: `慢速：${seconds} 秒后${zh}。` },
    delayMs,
    faults,
    delivery: DELIVERED,
  };
});

export const CONTACT_SECTIONS: readonly {
  readonly id: 'examples' | 'deliveries' | 'faults' | 'delays';
  readonly title: string;
  readonly rows: readonly ContactRow[];
}[] = [
  { id: 'examples', title: "The vendor documentation's own examples", rows: EXAMPLE_ROWS },
  { id: 'deliveries', title: 'What becomes of a code', rows: DELIVERY_ROWS },
  { id: 'faults', title: 'Faults', rows: FAULT_ROWS },
  { id: 'delays', title: 'Delays', rows: SLOW_ROWS },
];

export const CONTACT_TABLE: readonly ContactRow[] = CONTACT_SECTIONS.flatMap(({ rows }) => rows);
