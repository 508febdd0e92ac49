// Habits of clients that sign with TC3.

import { change, commonHabits, type Habit, PRODUCTS } from './habits.ts';
import { compact, escaped, reserialised, spaced, unescaped } from './json-spellings.ts';

/** Everything that goes into a TC3 signature. */
export interface Tc3Texts {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** As signed: empty of a POST. */
  readonly query: string;
  readonly sentQuery: string;
  readonly contentType: string;
  /** Of x-tc-region; undefined where it is not signed. */
  readonly region: string | undefined;
  /** Are the other headers signed in lower case, as the documentation has it? */
  readonly isLowered: boolean;
  readonly payload: string;
  readonly timestamp: string;
  readonly date: string;
  readonly service: string;
  readonly secretKey: string;
  readonly prefix: string;
  /** Between the headers and their names. */
  readonly blankLine: string;
}

function payload(en: string, zh: string, make: (text: string) => string): Habit<Tc3Texts> {
  return {
    ...{ step: 'payload', finding: 'payload_rewritten' },
    en: `The body was written again after it was signed (${en}): sign and send the same bytes.`,
    zh: `签名后正文被重新序列化（${zh}）：签名与发送的字节必须一致。`,
    change: change('payload', ({ payload: sent }) => {
      if (!/^\s*[[{]/.test(sent)) return undefined;
      try {
        return make(sent);
      } catch {
        return undefined;
      }
    }),
  };
}

function lineEnd(en: string, zh: string, make: (text: string) => string | undefined): Habit<Tc3Texts> {
  return {
    ...{ step: 'payload', finding: 'payload_line_end', en, zh },
    change: change('payload', ({ payload: sent }) => make(sent)),
  };
}

function contentType(value: string): Habit<Tc3Texts> {
  return {
    step: 'content_type',
    finding: 'content_type_other',
    en: `The client signed the content type ${value === '' ? '(none)' : value}, and sent another.`,
    zh: `客户端签名的 Content-Type 为 ${value === '' ? '（空）' : value}，与实际发送的不一致。`,
    change: change('contentType', () => value),
  };
}

/** What people write; which one a client signed can only be found by trying. */
const REGIONS = [
  ...['ap-guangzhou', 'ap-shanghai', 'ap-beijing', 'ap-chengdu', 'ap-chongqing', 'ap-nanjing'],
  ...['ap-hongkong', 'ap-taipei', 'ap-singapore', 'ap-bangkok', 'ap-jakarta', 'ap-mumbai'],
  ...['ap-seoul', 'ap-tokyo', 'eu-frankfurt', 'na-ashburn', 'na-siliconvalley', 'sa-saopaulo'],
];

function region(value: string): Habit<Tc3Texts> {
  return {
    step: 'region',
    finding: 'region_other',
    en: ({ region: sent }) =>
      `The client signed ${value === '' ? 'an empty region' : `the region ${value}`}, and sent ${sent === '' ? 'an empty one' : 'another'}.`,
    zh: ({ region: sent }) =>
      `客户端签名的${value === '' ? '地域为空' : `地域为 ${value}`}，而发送的 X-TC-Region ${sent === '' ? '为空' : '与之不同'}。`,
    change: change('region', ({ region: sent }) => (sent === undefined ? undefined : value)),
  };
}

export const TC3_HABITS: readonly Habit<Tc3Texts>[] = [
  ...commonHabits<Tc3Texts>(),
  ...[
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json;charset=UTF-8',
    'application/x-www-form-urlencoded',
    '',
  ].map(contentType),
  ...['', 'null', ...REGIONS].map(region),
  lineEnd(
    'The body was sent with a line end behind it that was not signed: sign and send the same bytes.',
    '发送的正文末尾多出换行，签名时没有：签名与发送的字节必须一致。',
    (sent) => sent.replace(/[\r\n]+$/, ''),
  ),
  ...['\n', '\r\n'].map((end) =>
    lineEnd(
      'The body was signed with a line end behind it and sent without: sign and send the same bytes.',
      '签名的正文末尾带有换行，发送时没有：签名与发送的字节必须一致。',
      (sent) => (sent.endsWith('\n') ? undefined : `${sent}${end}`),
    ),
  ),
  payload('signed as it stands, sent with \\u escapes', '签名时为原始字符，发送时转义为 \\u 形式', unescaped),
  payload('signed with \\u escapes, sent without', '签名时为 \\u 转义形式，发送时为原始字符', escaped),
  payload('signed without spaces, sent with them', '签名时无空格，发送时有空格', compact),
  payload('signed with spaces after commas and colons', '签名时逗号和冒号后有空格', spaced),
  payload(
    'signed with spaces after commas and colons, and with \\u escapes',
    '签名时逗号和冒号后有空格，且字符为 \\u 转义形式',
    (sent) => escaped(spaced(sent)),
  ),
  payload(
    'signed with spaces after commas and colons, and without \\u escapes',
    '签名时逗号和冒号后有空格，且字符未转义',
    (sent) => unescaped(spaced(sent)),
  ),
  payload('signed without spaces and with \\u escapes', '签名时无空格，且字符为 \\u 转义形式', (sent) =>
    escaped(compact(sent)),
  ),
  payload('signed without spaces and without \\u escapes', '签名时无空格，且字符未转义', (sent) =>
    unescaped(compact(sent)),
  ),
  payload('signed in another form of the same JSON', '签名时为同一 JSON 的形式不同的文本', (sent) =>
    reserialised(sent),
  ),
  ...[2, 4].map((indent) =>
    payload('signed indented', '签名时为缩进格式', (sent) => reserialised(sent, indent)),
  ),
  {
    step: 'payload',
    finding: 'payload_empty',
    en: 'The client signed an empty body.',
    zh: '客户端签名时正文为空。',
    change: change('payload', () => ''),
  },
  {
    step: 'query',
    finding: 'query_in_post',
    en: 'The client signed a query; of a POST it must be empty.',
    zh: '客户端签名了查询字符串；POST 请求应为空。',
    change: change('query', ({ method, sentQuery }) => (method === 'POST' ? sentQuery : undefined)),
  },
  {
    step: 'query',
    finding: 'query_sorted',
    en: 'The client signed the query sorted, and sent it in another order.',
    zh: '客户端签名时对查询字符串排序，但发送顺序不同。',
    change: change('query', ({ query }) => query.split('&').sort().join('&')),
  },
  {
    step: 'query',
    finding: 'query_decoded',
    en: 'The client signed the query decoded; it must be as it is sent.',
    zh: '客户端签名了解码后的查询字符串，应与发送的一致。',
    change: change('query', ({ query }) => decode(query)),
  },
  {
    step: 'clock',
    finding: 'timestamp_milliseconds',
    en: 'The client signed the time in milliseconds; it must be in seconds.',
    zh: '客户端签名使用了毫秒时间戳，应为秒。',
    change: change('timestamp', ({ timestamp }) => `${timestamp}000`),
  },
  ...[-1, 1].map(
    (days): Habit<Tc3Texts> => ({
      step: 'scope',
      finding: 'date_of_another_zone',
      en: 'The client derived its key for the local date; it must be the UTC date of the timestamp.',
      zh: '客户端使用了本地日期派生密钥，应使用时间戳对应的 UTC 日期。',
      change: change('date', ({ date }) => dayAfter(date, days)),
    }),
  ),
  ...PRODUCTS.map(
    (product): Habit<Tc3Texts> => ({
      step: 'scope',
      finding: 'service_other',
      en: `The client derived its key for the service ${product}, and named another in the credential.`,
      zh: `客户端使用服务名 ${product} 派生密钥，与 Credential 中的不一致。`,
      change: change('service', () => product),
    }),
  ),
  {
    step: 'secret',
    finding: 'prefix_missing',
    en: 'The client derived its key without "TC3" before the secret.',
    zh: '客户端派生密钥时未在 SecretKey 前加 "TC3"。',
    change: change('prefix', () => ''),
  },
  {
    step: 'signed_headers',
    finding: 'blank_line_missing',
    en: 'The blank line between the canonical headers and their names is missing.',
    zh: '规范头与签名头名称之间缺少空行。',
    change: change('blankLine', () => ''),
  },
];

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
