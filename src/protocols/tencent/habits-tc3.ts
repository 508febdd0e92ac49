// Habits of clients that sign with TC3.

import { change, commonHabits, type Habit, PRODUCTS } from './habits.ts';

/** Everything that goes into a TC3 signature. */
export interface Tc3Texts {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** As signed: empty of a POST. */
  readonly query: string;
  readonly sentQuery: string;
  readonly contentType: string;
  readonly payload: string;
  readonly timestamp: string;
  readonly date: string;
  readonly service: string;
  readonly secretKey: string;
  readonly prefix: string;
  /** Between the headers and their names. */
  readonly blankLine: string;
}

function payload(en: string, zh: string, make: (body: unknown, text: string) => string): Habit<Tc3Texts> {
  return {
    ...{ step: 'payload', finding: 'payload_rewritten', en, zh },
    change: change('payload', ({ payload: sent }) => {
      try {
        return make(JSON.parse(sent) as unknown, sent);
      } catch {
        return undefined;
      }
    }),
  };
}

const REWRITTEN_EN = 'The body was written again after it was signed: sign and send the same bytes';
const REWRITTEN_ZH = '签名后正文被重新序列化：签名与发送的字节必须一致';

function contentType(value: string): Habit<Tc3Texts> {
  return {
    step: 'content_type',
    finding: 'content_type_other',
    en: `The client signed the content type ${value === '' ? '(none)' : value}, and sent another.`,
    zh: `客户端签名的 Content-Type 为 ${value === '' ? '（空）' : value}，与实际发送的不一致。`,
    change: change('contentType', () => value),
  };
}

const asciiOnly = (text: string) =>
  text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** As Python writes it: a space behind each comma and colon that stands outside a text. */
const spaced = (text: string) =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|[,:]/g, (piece) => (piece.length === 1 ? `${piece} ` : piece));

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
  payload(`${REWRITTEN_EN} (without spaces).`, `${REWRITTEN_ZH}（紧凑格式）。`, (body) =>
    JSON.stringify(body),
  ),
  payload(`${REWRITTEN_EN} (spaces after commas).`, `${REWRITTEN_ZH}（逗号后有空格）。`, (body) =>
    spaced(JSON.stringify(body)),
  ),
  payload(`${REWRITTEN_EN} (characters escaped).`, `${REWRITTEN_ZH}（字符转义）。`, (body) =>
    asciiOnly(JSON.stringify(body)),
  ),
  payload(
    `${REWRITTEN_EN} (spaces after commas, characters escaped).`,
    `${REWRITTEN_ZH}（空格与转义）。`,
    (body) => asciiOnly(spaced(JSON.stringify(body))),
  ),
  ...[2, 4].map((indent) =>
    payload(`${REWRITTEN_EN} (indented).`, `${REWRITTEN_ZH}（缩进格式）。`, (body) =>
      JSON.stringify(body, undefined, indent),
    ),
  ),
  {
    step: 'payload',
    finding: 'payload_empty',
    en: 'The client signed an empty body.',
    zh: '客户端签名时正文为空。',
    change: change('payload', () => ''),
  },
  {
    step: 'payload',
    finding: 'payload_line_end',
    en: 'A line end was added to or taken from the body after it was signed.',
    zh: '签名后正文末尾增加或减少了换行。',
    change: change('payload', ({ payload: sent }) => (sent.endsWith('\n') ? sent.trimEnd() : `${sent}\n`)),
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
