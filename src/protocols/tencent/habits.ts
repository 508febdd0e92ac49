// Habits of clients whose signature is refused: each changes one thing in what is signed. The doctor tries them against the
// stored secret and says which one fits.

import type { StepName } from '../../domain/diagnosis.ts';

/** Some speak of what was sent as well. */
type Words<Texts> = string | ((sent: Texts) => string);

export interface Habit<Texts> {
  readonly step: StepName;
  readonly finding: string;
  readonly en: Words<Texts>;
  readonly zh: Words<Texts>;
  /** undefined where it would change nothing that this request has. */
  readonly change: (signed: Texts) => Texts | undefined;
}

export const PRODUCTS = ['faceid', 'domain', 'kms', 'sts'];
const withoutPort = (host: string) => host.replace(/:\d{1,5}$/, '');
const portOf = (host: string) => /:(\d{1,5})$/.exec(host)?.[1] ?? '';

function whenOther<T>(before: T, after: T): T | undefined {
  return before === after ? undefined : after;
}

export function change<Texts, Name extends keyof Texts>(
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
export function commonHabits<Texts extends Addressed>(): Habit<Texts>[] {
  const host = (
    finding: string,
    en: Words<Texts>,
    zh: Words<Texts>,
    make: (host: string) => string | undefined,
  ) => ({
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
        ({ host: sent }) =>
          `The client signed the host with port ${port}; the Host header has ${portOf(sent) === '' ? 'no port' : `port ${portOf(sent)}`}.`,
        ({ host: sent }) =>
          portOf(sent) === ''
            ? `客户端签名的 host 带有端口 ${port}，而 Host 头没有端口。`
            : `客户端签名的 host 端口为 ${port}，而 Host 头的端口为 ${portOf(sent)}。`,
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
    ...['/tencent', '/tencent/'].map((signed) =>
      path(
        'path_shortened',
        `The client signed the path ${signed}, and the request has another: something on its way, such as a proxy that takes a prefix off, changed it.`,
        `客户端签名的路径为 ${signed}，而请求的路径不同：传输途中（如去除前缀的代理）修改了路径。`,
        () => signed,
      ),
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
