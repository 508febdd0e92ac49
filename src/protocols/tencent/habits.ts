// Habits of clients whose signature is refused: each changes one thing in what is signed. The doctor tries them against the
// stored secret and says which one fits.

import type { StepName } from '../../domain/diagnosis.ts';

export interface Habit<Texts> {
  readonly step: StepName;
  readonly finding: string;
  readonly en: string;
  readonly zh: string;
  /** undefined where it would change nothing that this request has. */
  readonly change: (signed: Texts) => Texts | undefined;
}

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

/** Everything that goes into a signature of the older method. */
export interface V1Texts {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly algorithm: 'HmacSHA1' | 'HmacSHA256';
  readonly secretKey: string;
}

const PRODUCTS = ['faceid', 'domain', 'kms', 'sts'];
const withoutPort = (host: string) => host.replace(/:\d{1,5}$/, '');

function whenOther<T>(before: T, after: T): T | undefined {
  return before === after ? undefined : after;
}

function change<Texts, Name extends keyof Texts>(
  name: Name,
  make: (signed: Texts) => Texts[Name] | undefined,
) {
  return (signed: Texts): Texts | undefined => {
    const made = make(signed);
    const other = made === undefined ? undefined : whenOther(signed[name], made);
    return other === undefined ? undefined : { ...signed, [name]: other };
  };
}

interface Addressed {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly secretKey: string;
}

/** Of both methods. */
function commonHabits<Texts extends Addressed>(): Habit<Texts>[] {
  const host = (finding: string, en: string, zh: string, make: (host: string) => string | undefined) => ({
    ...{ step: 'host' as const, finding, en, zh },
    change: change<Texts, 'host'>('host', (signed) => make(signed.host) as Texts['host'] | undefined),
  });
  const path = (finding: string, en: string, zh: string, make: (path: string) => string) => ({
    ...{ step: 'path' as const, finding, en, zh },
    change: change<Texts, 'path'>('path', (signed) => make(signed.path) as Texts['path']),
  });
  const secret = (finding: string, en: string, zh: string, make: (key: string) => string) => ({
    ...{ step: 'secret' as const, finding, en, zh },
    change: change<Texts, 'secretKey'>('secretKey', (signed) => make(signed.secretKey) as Texts['secretKey']),
  });
  return [
    ...[80, 443, 8080].map((port) =>
      host(
        'host_with_other_port',
        `The client signed the host with port ${port}, which the Host header does not have.`,
        `客户端签名的 host 带有端口 ${port}，与 Host 头不一致。`,
        (sent) => `${withoutPort(sent)}:${port}`,
      ),
    ),
    ...['http', 'https'].map((scheme) =>
      host(
        'host_with_scheme',
        'The client signed the host with its scheme; it must be the Host header alone.',
        '客户端签名的 host 带有协议前缀，应仅为 Host 头的值。',
        (sent) => `${scheme}://${sent}`,
      ),
    ),
    ...PRODUCTS.flatMap((product) =>
      ['', '.intl'].map((site) =>
        host(
          'host_of_the_vendor',
          `The client signed the vendor's host (${product}${site}.tencentcloudapi.com), not the one that it calls.`,
          `客户端签名时使用了厂商域名（${product}${site}.tencentcloudapi.com），而不是实际调用的地址。`,
          () => `${product}${site}.tencentcloudapi.com`,
        ),
      ),
    ),
    host('host_empty', 'The client signed an empty host.', '客户端签名时 host 为空。', () => ''),
    path(
      'path_empty',
      'The client signed an empty path; it must be "/".',
      '客户端签名的路径为空，应为 "/"。',
      () => '',
    ),
    path(
      'path_slash',
      'The client signed the path with a slash more or less at its end.',
      '客户端签名的路径末尾多或少一个斜杠。',
      (sent) => (sent.endsWith('/') ? sent.slice(0, -1) : `${sent}/`),
    ),
    {
      step: 'signature',
      finding: 'method_other',
      en: 'The client signed another HTTP method than it used.',
      zh: '客户端签名的 HTTP 方法与实际使用的不一致。',
      change: change<Texts, 'method'>(
        'method',
        (signed) => (signed.method === 'POST' ? 'GET' : 'POST') as Texts['method'],
      ),
    },
    secret(
      'secret_with_line_end',
      "The client's secret has a line end or a space behind it.",
      '客户端的 SecretKey 末尾带有换行或空格。',
      (key) => `${key}\n`,
    ),
    secret(
      'secret_with_line_end',
      "The client's secret has a line end or a space behind it.",
      '客户端的 SecretKey 末尾带有换行或空格。',
      (key) => `${key}\r\n`,
    ),
    secret(
      'secret_with_line_end',
      "The client's secret has a line end or a space behind it.",
      '客户端的 SecretKey 末尾带有换行或空格。',
      (key) => `${key} `,
    ),
  ];
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

type Pairs = V1Texts['parameters'];

function parameters(
  finding: string,
  en: string,
  zh: string,
  make: (pairs: Pairs) => Pairs,
  step: StepName = 'parameters',
): Habit<V1Texts> {
  return {
    ...{ step, finding, en, zh },
    change(signed) {
      const made = make(signed.parameters);
      return JSON.stringify(made) === JSON.stringify(signed.parameters)
        ? undefined
        : { ...signed, parameters: made };
    },
  };
}

const mapValues = (pairs: Pairs, map: (value: string) => string): Pairs =>
  pairs.map(([name, value]) => [name, map(value)] as const);

export const V1_HABITS: readonly Habit<V1Texts>[] = [
  ...commonHabits<V1Texts>(),
  parameters(
    'empty_region_dropped',
    'The client left empty parameters, such as Region, out of what it signed, and sent them.',
    '客户端签名时忽略了空参数（如 Region），但仍然发送了它们。',
    (pairs) => pairs.filter(([, value]) => value !== ''),
    'region',
  ),
  parameters(
    'values_encoded',
    'The client signed the values percent-encoded; they must be signed as they are.',
    '客户端签名了 URL 编码后的值，应签名原始值。',
    (pairs) => mapValues(pairs, encodeURIComponent),
  ),
  parameters(
    'values_encoded',
    'The client signed the values form-encoded; they must be signed as they are.',
    '客户端签名了表单编码后的值，应签名原始值。',
    (pairs) => mapValues(pairs, (value) => encodeURIComponent(value).replaceAll('%20', '+')),
  ),
  parameters(
    'sorted_without_case',
    'The client sorted the parameters without regard to case; capitals come first.',
    '客户端排序时忽略了大小写，应按 ASCII 码排序（大写在前）。',
    (pairs) => [...pairs].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  ),
  parameters(
    'sorted_by_number',
    'The client sorted the numbers of list members by value; they are sorted as text.',
    '客户端按数值对列表下标排序，应按文本排序。',
    (pairs) => [...pairs].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  ),
  parameters(
    'method_unsigned',
    'The client left SignatureMethod out of what it signed.',
    '客户端签名时遗漏了 SignatureMethod。',
    (pairs) => pairs.filter(([name]) => name !== 'SignatureMethod'),
  ),
  {
    step: 'algorithm',
    finding: 'algorithm_other',
    en: 'The client signed with the other algorithm than SignatureMethod says.',
    zh: '客户端使用的算法与 SignatureMethod 不一致。',
    change: change('algorithm', ({ algorithm }) => (algorithm === 'HmacSHA1' ? 'HmacSHA256' : 'HmacSHA1')),
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
