// Rows of the option table about one-time codes: how they are made, what guards allow, who carries them.

import { isNumberRegion } from '../domain/msisdn.ts';
import { type OptionRow, text, whole } from './option-row.ts';
import { refuseUnknownRows } from './table-rows.ts';

const CHANNELS = ['outbox', 'smpp', 'smtp', 'webhook'] as const;
const LIMITS = { recipient: 5, prefix: 100, country: 2000, account: 5000, address: 5000, user: 30 };
const ALPHABET = /^[0-9A-Z]{10,36}$/;
const isRegion = (code: string): boolean => isNumberRegion(code);

export const CODE_OPTIONS = {
  verifyCodeLength: whole(6, 4, 12, 'Symbols of a one-time code.', {
    weakens: (length: number) =>
      length < 6 ? `one-time codes have ${length} symbols: fewer attempts guess one` : undefined,
  }),
  verifyCodeAlphabet: text(
    '0123456789',
    'Symbols of one-time codes: 10 or more digits and capital letters.',
    {
      refuse: (symbols: string) =>
        ALPHABET.test(symbols) && new Set(symbols).size === symbols.length
          ? undefined
          : 'needs 10 or more digits and capital letters, each once',
    },
  ),
  verifyCodeSeconds: whole(300, 30, 86_400, 'How long a one-time code is valid.'),
  verifyAttempts: whole(
    5,
    1,
    100,
    'Wrong codes for one recipient and purpose, however often a new one is sent.',
    {
      weakens: (attempts: number) =>
        attempts > 10 ? `${attempts} wrong codes are allowed for one recipient` : undefined,
    },
  ),
  verifyAttemptMinutes: whole(60, 1, 10_080, 'How long a wrong code counts.'),
  verifyResendSeconds: whole(
    30,
    0,
    86_400,
    'Wait before a second code to one recipient; it doubles each time.',
  ),
  verifyResendMaxSeconds: whole(900, 0, 86_400, 'Longest such wait.'),
  verifyWindowMinutes: whole(60, 1, 10_080, 'How long sends are counted together.'),
  verifyLimits: {
    type: 'prices',
    default: LIMITS,
    description:
      'Codes that one account may send in one window: to one recipient, to one prefix (a number less its last four digits), to one country, in all, asked for from one caller address, and (user) from the address of one user of the application, where it names it.',
    refuse: (limits: Record<string, number>) => refuseUnknownRows(limits, Object.keys(LIMITS)),
  },
  verifyRecipientMax: whole(
    10,
    1,
    1_000_000,
    'Codes that all accounts together may send to one recipient in one window.',
  ),
  verifyBreakerSends: whole(20, 1, 1_000_000, 'Codes to one prefix after which some must have been entered.'),
  verifyBreakerSeconds: whole(
    60,
    0,
    86_400,
    'Time to enter a code before it counts there as not entered; never longer than it is valid.',
  ),
  verifyBreakerPercent: whole(
    10,
    0,
    100,
    'Share of them that must have been; below it the prefix is not served.',
  ),
  verifyBreakerMinutes: whole(60, 1, 1440, 'How long it is not served; it doubles each time, up to a day.'),
  verifyCountries: {
    type: 'strings',
    default: [],
    description: 'ISO 3166 codes of countries whose numbers get codes; empty: only the region.',
    refuse: (countries: readonly string[]) => {
      const wrong = countries.find((country) => !isRegion(country));
      return wrong === undefined
        ? undefined
        : `has '${wrong}', which is no ISO 3166 code of a country with numbers`;
    },
  },
  verifyDeadLines: text(
    'refuse',
    'Numbers that the registry calls vacant or cancelled, asked for by an account with the service line-status; for others they are as any number.',
    { choices: ['refuse', 'send'] },
  ),
  verifyKeepDays: whole(30, 1, 3650, 'Days that codes and what became of their messages can be looked up.'),
  verifyRefusalsMax: whole(
    10_000,
    100,
    10_000_000,
    'Refused sends that are kept one by one; their sums are kept.',
  ),
  verifyQueueMax: whole(10_000, 10, 1_000_000, 'Operations on codes that may wait for the disk at once.'),
  verifyReadsMax: whole(
    200,
    1,
    100_000,
    'Lists of codes, refusals and contacts that may be read at once; beyond them the server is busy.',
  ),
  messageCosts: {
    type: 'prices',
    default: { default: 5, email: 0 },
    description:
      'What a message costs the operator in minor units, by ISO 3166 code of the country, or email; for the report on what guards saved.',
    refuse: (costs: Record<string, number>) => {
      const wrong = Object.keys(costs).find((row) => row !== 'default' && row !== 'email' && !isRegion(row));
      return wrong === undefined ? undefined : `has a row '${wrong}', which is no country, default or email`;
    },
  },
  codeChannels: {
    type: 'texts',
    default: { phone: 'outbox', email: 'outbox' },
    description:
      'Who carries one-time codes: names of channels in the order to try, separated by commas, by phone, email, or phone and a country (phone.US). outbox: nobody, they are shown on the terminal (development).',
    refuse: (table: Record<string, string>) => refuseChannels(table),
  },
  outboxAnywhere: text(
    'no',
    'May the outbox of development be used where others than this machine can call?',
    {
      choices: ['no', 'yes'],
      weakens: (answer: string) =>
        answer === 'yes'
          ? 'outbox-anywhere is yes: codes are shown on the terminal of a server for others'
          : undefined,
    },
  ),
  outboxKept: whole(1000, 1, 1_000_000, 'Messages that the outbox of development holds in memory.'),
  verifyTemplateSegments: whole(3, 1, 10, 'Text messages that one template may be long.'),
  templatesPerAccount: whole(100, 1, 10_000, 'Templates of one account.'),
  noticesMax: whole(
    1000,
    1,
    1_000_000,
    'Notices to one webhook that may wait at once; beyond them they are dropped.',
  ),
  noticeHours: whole(24, 1, 720, 'How long a notice is tried before it is given up.'),
  noticeAttempts: whole(16, 1, 100, 'Attempts for one notice.'),
  noticeTimeoutMs: whole(10_000, 100, 60_000, 'How long one attempt may take.'),
  noticeRetryBaseMs: whole(
    5000,
    10,
    3_600_000,
    'Longest wait before the first retry of a notice; it doubles.',
  ),
  noticeRetryMaxMs: whole(3_600_000, 10, 86_400_000, 'Longest such wait.'),
  noticeRetriesPerHour: whole(200, 0, 1_000_000, 'Retries to one webhook in an hour.'),
  noticesAtOnce: whole(64, 1, 1024, 'Notices that are on their way at once.'),
  noticesAtOncePerAccount: whole(4, 1, 64, 'Notices to one webhook that are on their way at once.'),
  messageTimeoutMs: whole(10_000, 100, 600_000, 'How long one attempt to hand a message over may take.'),
  messageAttempts: whole(3, 1, 100, 'Rounds over the channels for one message.'),
  messageRetryBaseMs: whole(1000, 1, 600_000, 'Longest wait before the second round; it doubles.'),
  messageRetriesPerMinute: whole(600, 0, 1_000_000, 'Such rounds of all messages together in a minute.'),
  messagesAtOnce: whole(64, 1, 10_000, 'Messages that are handed over at once.'),
  messageQueueMax: whole(
    10_000,
    1,
    1_000_000,
    'Messages that may wait at once; beyond them no code is sent.',
  ),
} as const satisfies Record<string, OptionRow>;

function refuseChannels(table: Readonly<Record<string, string>>): string | undefined {
  for (const [row, names] of Object.entries(table)) {
    const [kind, country, ...rest] = row.split('.');
    const isKind = kind === 'phone' || kind === 'email';
    if (!isKind || rest.length > 0 || (country !== undefined && (kind === 'email' || !isRegion(country))))
      return `has a row '${row}': its rows are phone, email, and phone.US for a country`;
    const unknown = names.split(',').find((name) => !(CHANNELS as readonly string[]).includes(name.trim()));
    if (unknown !== undefined) return `names '${unknown.trim()}': the channels are ${CHANNELS.join(', ')}`;
  }
  return undefined;
}
