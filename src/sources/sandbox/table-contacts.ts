// Every documented recipient of one-time codes: the vendor's own examples, what becomes of messages, and the faults and delays
// that the table has for lines, each with an address of its own.

import { addressOf, type ContactRow, DELIVERED, fromEveryJob } from './contact-row.ts';
import { DELAY_ROWS } from './table-delays.ts';
import { DELIVERY_ROWS } from './table-deliveries.ts';
import { FAULT_NUMBERS, meaningOf } from './table-faults.ts';

const example = (number: string, meaning: string, code?: string): ContactRow => ({
  number,
  address: undefined,
  meaning,
  faults: {},
  delivery: DELIVERED,
  ...(code === undefined ? {} : { code }),
});

const EXAMPLE_ROWS: readonly ContactRow[] = [
  example(
    '18766554433',
    'The documented example of the international actions, however often it is repeated.',
  ),
  example('12365432345', 'The documented example of SendPhoneEmailCode and DeletePhoneEmail.'),
  example(
    '12365432367',
    'The documented example of CreatePhoneEmail, with the code that it shows.',
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
  '00': { name: '', meaning: 'it is done', faults: {} },
  '01': { name: '-overloaded', meaning: 'the server is overloaded', faults: fromEveryJob('overloaded') },
  '02': { name: '-timeout', meaning: 'a time-out', faults: fromEveryJob('source_timeout') },
} as const;

const SLOW_ROWS: readonly ContactRow[] = DELAY_ROWS.map(({ number, delayMs = 0 }) => {
  const { name, meaning, faults } = SLOW_ENDS[number.slice(7, 9) as keyof typeof SLOW_ENDS];
  const seconds = delayMs / 1000;
  return {
    number,
    address: addressOf(`slow-${seconds}${name}`),
    meaning: `Slow: after ${seconds} s, ${meaning}.`,
    delayMs,
    faults,
    delivery: DELIVERED,
  };
});

export const CONTACT_SECTIONS: readonly { readonly title: string; readonly rows: readonly ContactRow[] }[] = [
  { title: "The vendor documentation's own examples", rows: EXAMPLE_ROWS },
  { title: 'What becomes of a code', rows: DELIVERY_ROWS },
  { title: 'Faults', rows: FAULT_ROWS },
  { title: 'Delays', rows: SLOW_ROWS },
];

export const CONTACT_TABLE: readonly ContactRow[] = CONTACT_SECTIONS.flatMap(({ rows }) => rows);
