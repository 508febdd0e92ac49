// THE option table: one row an option. File keys, environment names, flags, --help and the reference page are read
// off it; loading is in load.ts.

import { checkTimeZone } from '../domain/calendar-date.ts';
import { isNumberRegion } from '../domain/msisdn.ts';
import { SERVICES } from '../domain/service.ts';
import { areTenureBounds } from '../domain/tenure.ts';
import { CHANNEL_OPTIONS } from './channel-options.ts';
import { CODE_OPTIONS } from './code-options.ts';
import { JOB_OPTIONS } from './job-options.ts';
import { type OptionRow, text, whole } from './option-row.ts';
import { PUBLIC_OPTIONS } from './public-options.ts';
import { refuseIspRows, refuseUnknownRows } from './table-rows.ts';

export type { OptionRow } from './option-row.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const MEGABYTE = 1_000_000;
/** Minor units by price key, for every action that is ever charged. */
const PRICES = {
  'line-status': 20,
  'line-tenure': 30,
  'identity-match': 50,
  'identity-match-detailed': 80,
  'name-match': 40,
  'code-send': 0,
};

/** Attempts in one window, by act and by whom they are counted for. */
const ATTEMPT_LIMITS = {
  'login.pair': 10,
  'login.person': 100,
  'login.caller': 60,
  'code.person': 10,
  'code.caller': 60,
  'register.person': 5,
  'register.caller': 20,
  'reset.person': 5,
  'reset.caller': 20,
  'explore.person': 300,
  'explore.caller': 900,
  'diagnose.person': 60,
  'diagnose.caller': 180,
  'change.person': 300,
  'change.caller': 3000,
};

const FREE_QUOTA: Readonly<Record<string, number>> = Object.fromEntries(
  SERVICES.map((service) => [service, 100]),
);

export const OPTIONS = {
  host: text('127.0.0.1', 'Address to listen on.', {
    weakens: (host: string) =>
      isLoopback(host) ? undefined : `listening on ${host}: callers on the network reach this server`,
  }),
  port: whole(8080, 0, 65_535, 'Port to listen on; 0 takes any free one.'),
  tlsCert: text(undefined, 'Certificate chain in PEM; with tls-key the server speaks HTTPS.'),
  tlsKey: text(undefined, 'Private key of the certificate in PEM.'),
  masterKey: text(
    undefined,
    'The master key itself, 32 bytes in hex or Base64, instead of the file master.key.',
    { secret: true },
  ),
  masterKeyCommand: text(undefined, 'A shell command that prints the master key.', { secret: true }),

  region: text('CN', 'Region of numbers without a country code, as an ISO 3166 code.', {
    refuse: (region: string) =>
      isNumberRegion(region) ? undefined : 'is not an ISO 3166 code of a region with numbers, such as CN',
  }),
  timeZone: text(
    'Asia/Shanghai',
    'IANA time zone of days: daily limits, tenure, exports. A ledger keeps the one that it began with.',
    {
      refuse: (zone: string) => (isTimeZone(zone) ? undefined : 'is not an IANA time zone'),
    },
  ),
  ...PUBLIC_OPTIONS,
  tenureMonths: {
    type: 'integers',
    default: [0, 3, 6, 12, 24],
    description: 'Lower bounds of the tenure bands in months.',
    refuse: (bounds: number[]) =>
      areTenureBounds(bounds) ? undefined : 'must be whole numbers rising from 0',
  },
  registryCoverage: text(
    'partial',
    'What a number without a record is to line-tenure. complete: it does not exist. partial: nothing is known of it. Other actions answer the same in both cases.',
    {
      choices: ['partial', 'complete'],
    },
  ),
  vacantStatusCode: whole(
    4,
    3,
    4,
    'StatusCode of a number that was never assigned: 4, or 3 as it was until 2024.',
  ),
  ispNames: {
    type: 'texts',
    default: {
      'en.mobile': 'mobile',
      'en.telecom': 'telecom',
      'en.unicom': 'cucc',
      'zh.mobile': '移动',
      'zh.telecom': '电信',
      'zh.unicom': '联通',
    },
    description: 'Isp by language and carrier; a carrier without a row is shown as "".',
    refuse: refuseIspRows,
  },

  ratePerSecond: whole(20, 1, 1_000_000_000, 'Calls a second, account and action.'),
  sandboxRatePerSecond: whole(
    1000,
    1,
    1_000_000_000,
    'Calls a second of a sandbox account, by action: far above what its table plays, so that a published key has an end.',
  ),
  dailyLimit: whole(500, 1, 2_000_000_000, 'Attempts a day, account, action and field value.'),
  prices: {
    type: 'prices',
    default: PRICES,
    description:
      'Price of a charged call in minor units of the currency, by price key; a price of 0 still uses quota.',
    refuse: (prices: Record<string, number>) => refuseUnknownRows(prices, Object.keys(PRICES)),
  },
  freeQuota: {
    type: 'prices',
    default: FREE_QUOTA,
    description: 'Free calls that come with a service when an account acquires it, once, by service.',
    refuse: (quota: Record<string, number>) => refuseUnknownRows(quota, [...SERVICES]),
  },
  keysPerAccount: whole(200, 1, 100_000, 'API keys an account may have, revoked ones aside.'),
  kmsKeysPerAccount: whole(200, 1, 100_000, 'KMS keys an account may have.'),
  sandboxDelayedCalls: whole(
    200,
    1,
    100_000,
    'Sandbox calls that may be waiting at once, on the server as a whole.',
  ),

  defaultLanguage: text('en', 'Language of messages when the caller names none.', { choices: ['en', 'zh'] }),
  extraHosts: {
    type: 'strings',
    default: [],
    description: 'Host names that callers may have signed when a gateway replaced the Host header.',
  },
  clockWindowSeconds: whole(300, 1, 86_400, 'How far a signature may be from the server clock.', {
    weakens: (seconds: number) =>
      seconds > 300
        ? `signatures are accepted for ${seconds} s: a recorded request can be sent again for that long`
        : undefined,
  }),

  acedataProfile: text(
    'seed',
    'Envelope and statuses of AceData errors. seed: as its guides print them. current: as its newer pages say.',
    { choices: ['seed', 'current'] },
  ),
  acedataIdentityCodes: text(
    'published',
    'Result codes of check-3e. published: 0, 1, -1 to -6. tencent: those of PhoneVerification.',
    { choices: ['published', 'tencent'] },
  ),
  acedataBodyMaxBytes: whole(65_536, 1024, 10 * MEGABYTE, 'Largest body of an AceData call.'),

  bodyMaxBytes: whole(10 * MEGABYTE, 1024, 100 * MEGABYTE, 'Largest body of a POST.'),
  bodiesMaxBytes: whole(
    256 * MEGABYTE,
    MEGABYTE,
    65_536 * MEGABYTE,
    'Bytes of bodies that all requests together may hold.',
  ),
  formBodyMaxBytes: whole(MEGABYTE, 1024, 100 * MEGABYTE, 'Largest form body (signature v1).'),
  urlMaxBytes: whole(32_768, 1024, 65_536, 'Largest request target of a GET.'),
  headersMaxBytes: whole(65_536, 8192, 262_144, 'Largest request head.'),
  headersTimeoutMs: whole(10_000, 100, 600_000, 'How long a client may take to send the request head.'),
  requestTimeoutMs: whole(30_000, 100, 600_000, 'How long a client may take to send a whole request.'),
  keepAliveTimeoutMs: whole(65_000, 100, 600_000, 'How long an idle connection is kept.'),
  maxConnections: whole(10_000, 1, 1_000_000, 'Connections at once.'),
  shutdownGraceMs: whole(15_000, 0, 600_000, 'How long requests in flight may take at shutdown.'),

  ledgerRingSlots: whole(8192, 64, 1_048_576, 'Calls that may wait for the ledger at once; a power of two.', {
    refuse: (slots: number) => (Number.isInteger(Math.log2(slots)) ? undefined : 'must be a power of two'),
  }),
  ledgerBatchMax: whole(256, 1, 65_536, 'Entries of one commit at most.'),
  ledgerCheckpointPages: whole(
    250,
    10,
    1_000_000,
    'Pages of the write-ahead log after which it is folded back.',
  ),
  ledgerSignEveryMs: whole(5000, 100, 3_600_000, 'How often a new head of the ledger is signed.'),
  ledgerSignEveryEntries: whole(100_000, 1, 100_000_000, 'Entries after which a head is signed in any case.'),
  callLogCapacity: whole(100_000, 100, 100_000_000, 'Rows of the log of faults and sandbox calls.'),
  usageKeepDays: whole(60, 1, 36_500, 'Days that single calls can be listed; their daily sums are kept.'),
  usageTimeoutMs: whole(
    10_000,
    100,
    600_000,
    'How long one question about usage, or one piece of its CSV, may take.',
  ),
  usageQuestionsMax: whole(32, 1, 10_000, 'Questions about usage at once; each account has one.'),
  cachedKeysMax: whole(100_000, 1, 10_000_000, 'API keys held in memory.'),
  unwrappedKeysMax: whole(
    1000,
    1,
    1_000_000,
    'Data keys that callers wrapped for the server, held in memory once unwrapped.',
  ),
  unwrappedKeysKeptMs: whole(10_000, 0, 60_000, 'How long such a data key is held; 0 unwraps at every call.'),
  keptAnswersMs: whole(
    86_400_000,
    60_000,
    604_800_000,
    'How long the charged answer to a call with an idempotency key is given again.',
  ),
  sandboxKeptAnswers: whole(10_000, 0, 1_000_000, 'Such answers of the sandbox, held in memory.'),
  rateWindowsMax: whole(
    1_000_000,
    1000,
    100_000_000,
    'Pairs of account and action whose rate is counted at once.',
  ),

  mailChannel: text(
    'outbox',
    'Who carries mail. outbox: nobody, it is printed on the terminal (development). smtp: the server below.',
    { choices: ['outbox', 'smtp'] },
  ),
  mailFrom: text('lineproof@localhost.localdomain', 'Address that mail comes from.'),
  smtpHost: text('localhost', 'Mail server.'),
  smtpPort: whole(587, 1, 65_535, 'Port of the mail server.'),
  smtpSecurity: text('starttls', 'How mail is encrypted on its way to the mail server.', {
    choices: ['starttls', 'tls', 'none'],
    weakens: (security: string) =>
      security === 'none'
        ? 'smtp-security is none: codes and addresses travel readable to the mail server'
        : undefined,
  }),
  smtpUser: text(undefined, 'User at the mail server; needs smtp-password.'),
  smtpPassword: text(undefined, 'Password at the mail server.', { secret: true }),
  smtpCa: text(undefined, 'Certificate authorities of the mail server in PEM, instead of the public ones.'),
  smtpConnections: whole(2, 1, 100, 'Connections to the mail server at once.'),
  mailQueueMax: whole(1000, 1, 1_000_000, 'Mails that may wait at once.'),
  mailTimeoutMs: whole(10_000, 100, 600_000, 'How long one attempt to hand a mail over may take.'),
  mailLifetimeMs: whole(300_000, 1000, 86_400_000, 'How long a mail is tried before it is given up.'),
  mailAttempts: whole(5, 1, 100, 'Attempts for one mail.'),
  mailRetryBaseMs: whole(1000, 1, 600_000, 'Longest wait before the first retry of a mail; it doubles.'),
  mailRetriesPerMinute: whole(60, 0, 1_000_000, 'Retries of all mails together in a minute.'),

  ...CODE_OPTIONS,
  ...CHANNEL_OPTIONS,

  passwordMemoryKib: whole(65_536, 8192, 4_194_304, 'Memory of one argon2id hash of a password in KiB.', {
    weakens: (kib: number) =>
      kib < 19_456
        ? `passwords are hashed with ${kib} KiB: stolen hashes are cheaper to guess at`
        : undefined,
  }),
  passwordPasses: whole(3, 1, 100, 'Passes of one argon2id hash of a password.'),
  passwordParallelism: whole(1, 1, 64, 'Lanes of one argon2id hash of a password.'),
  passwordHashesAtOnce: whole(2, 1, 64, 'Passwords that are hashed at once; each takes its memory.'),
  passwordQueueMax: whole(50, 1, 100_000, 'Passwords that may wait to be hashed.'),
  codeMinutes: whole(10, 1, 1440, 'How long a mailed code is valid.'),
  codeAttempts: whole(5, 1, 100, 'Attempts at one mailed code.'),
  codesMax: whole(10_000, 1, 10_000_000, 'Mailed codes that may be waiting at once.'),
  sessionIdleMinutes: whole(720, 1, 525_600, 'How long a session lasts that is not used.'),
  sessionMaxMinutes: whole(10_080, 1, 525_600, 'How long a session lasts in any case.'),
  sessionsPerPerson: whole(20, 1, 10_000, 'Sessions of one person; the oldest ends.'),
  operatorLinkMinutes: whole(60, 1, 10_080, "How long an operator's sign-in link can be used, once."),
  operatorSessionMinutes: whole(480, 1, 10_080, "How long an operator's session in the console lasts."),
  platformTokensPerPerson: whole(20, 1, 10_000, 'Platform tokens of one person.'),
  attemptLimits: {
    type: 'prices',
    default: ATTEMPT_LIMITS,
    description:
      'Attempts in one window at logging in, mailed codes, registering and resetting, calls and diagnoses of the Explorer, and changes by those who are signed in: of one person, from one caller address, and (pair) of one person from one address, so that a stranger locks nobody out elsewhere.',
    refuse: (limits: Record<string, number>) => refuseUnknownRows(limits, Object.keys(ATTEMPT_LIMITS)),
  },
  failedRequestsPerKey: whole(
    20,
    0,
    1000,
    'Requests with a refused signature that are remembered for one key, without values, for its owner.',
  ),
  failedRequestsKeys: whole(1000, 1, 1_000_000, 'Keys whose refused requests are remembered, in memory.'),
  attemptWindowMinutes: whole(15, 1, 1440, 'How long attempts are counted together.'),
  attemptWindowsMax: whole(100_000, 100, 100_000_000, 'Persons and caller addresses counted at once.'),

  trustedProxies: {
    type: 'strings',
    default: [],
    description:
      'Addresses and networks (10.0.0.0/8) of proxies whose X-Forwarded-For, -Proto and -Host are believed.',
    refuse: (networks: readonly string[]) => {
      const wrong = networks.find((network) => !/^[\da-f.:]+(?:\/\d{1,3})?$/i.test(network));
      return wrong === undefined ? undefined : `has '${wrong}', which is no address or network`;
    },
    weakens: (networks: readonly string[]) =>
      networks.some((network) => network.endsWith('/0'))
        ? 'trusted-proxies has every address: any caller can name any address as its own'
        : undefined,
  },
  managementBodyMaxBytes: whole(65_536, 1024, 10 * MEGABYTE, 'Largest body of a management call.'),
  managementRangesMaxBytes: whole(
    MEGABYTE,
    1024,
    16 * MEGABYTE,
    'Largest list of number ranges that an operator imports in one call.',
  ),
  managementQueryMaxLength: whole(4096, 128, 65_536, 'Longest query of a management call.'),
  managementCallsMax: whole(256, 1, 100_000, 'Management calls that are answered at once.'),
  managementStalledMs: whole(
    30_000,
    100,
    600_000,
    'How long the reader of a streamed answer may take nothing of it.',
  ),

  ...JOB_OPTIONS,

  metricsToken: text(
    undefined,
    'Bearer token that /metrics then demands of everyone; without it, direct loopback connections may read.',
    { secret: true },
  ),
  failureLogEveryMs: whole(
    1000,
    0,
    3_600_000,
    'How often the same kind of failure (of a source, of a file) is logged at most.',
  ),
  logLevel: text('info', 'Least severe log line written.', {
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
  }),
  logRequests: text(
    'failures',
    'Which requests are logged. failures: failed calls of accounts. all: also those that no known key has signed.',
    { choices: ['none', 'failures', 'all'] },
  ),
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof OPTIONS;

/** Names of the options whose values are never printed, logged or copied. */
export const SECRET_OPTIONS: readonly OptionName[] = (Object.keys(OPTIONS) as OptionName[]).filter(
  (name) => (OPTIONS[name] as OptionRow).secret === true,
);

interface ValueOf {
  readonly string: string;
  readonly integer: number;
  readonly integers: readonly number[];
  readonly strings: readonly string[];
  readonly prices: Readonly<Record<string, number>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** Every option with its value; those without a default may be undefined. */
export type Configuration = {
  readonly [Name in OptionName]: (typeof OPTIONS)[Name]['default'] extends undefined
    ? ValueOf[(typeof OPTIONS)[Name]['type']] | undefined
    : ValueOf[(typeof OPTIONS)[Name]['type']];
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** 'tlsCert' -> '--tls-cert'. */
export function flagOf(name: OptionName): string {
  return `--${kebab(name)}`;
}

/** 'tlsCert' -> 'LINEPROOF_TLS_CERT'. */
export function environmentNameOf(name: OptionName): string {
  return `LINEPROOF_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

export function isTimeZone(zone: string): boolean {
  try {
    checkTimeZone(zone);
    return true;
  } catch {
    return false;
  }
}
