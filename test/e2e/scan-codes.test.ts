// Everything that a server leaves on disk after codes were sent, entered, refused and killed on their way is searched for the codes,
// the numbers and the mailboxes, in every spelling.

import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { domain } from 'tencentcloud-sdk-nodejs/tencentcloud/services/domain/index.js';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { type AskDomain, type DomainAction, openDomainClients } from '../support/domain-clients.ts';
import { eventually } from '../support/eventually.ts';
import { findTraces, listFiles } from '../support/find-traces.ts';
import { exchange } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type SmtpStation, startSmtpStation } from '../support/smtp-station.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** Long enough that no chance puts one into a file; letters and digits as they may be configured. */
const CODE_LENGTH = 12;
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE = new RegExp(`[${ALPHABET}]{${CODE_LENGTH}}`);

/** The national number is a part of every spelling. */
const NUMBERS = ['18766551201', '18766551202', '18766551203', '18766551204'];
/** Its message is on its way when the server is killed. */
const UNFINISHED = '18766551299';
/** Refused: another country, a fixed line, no number at all. */
const REFUSED = ['+447400120456', '02087654321', '187665512'];
const NAMES = ['Wilhelmina.Scanned', 'bartholomew-scanned', 'jörg.scanned', 'zwölf'];
const MAILBOXES = [
  `${NAMES[0]}@Example.org`,
  `${NAMES[1]}+shop@example.org`,
  `${NAMES[2]}@example.org`,
  `anton@${NAMES[3]}.example`,
];

const root = makeTemporaryDirectory({ after });
const left = join(root, 'left');
const data = join(left, 'data');
const codes = new Map<string, string>();
let gateway: Receiver;
let mail: SmtpStation;
const ends: (() => unknown)[] = [];
after(async () => {
  await mail?.stop();
  for (const end of ends) await end();
});

/** Domains are written in ASCII on their way. */
const nameOf = (address: string): string => address.split('@')[0] ?? '';
const ignore = (): undefined => undefined;
const spellingsOf = (number: string): string[] => [number, `+86${number}`, `0086${number}`];

before(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  mkdirSync(left);
  mkdirSync(data, { mode: 0o700 });
  const hooks: Parameters<typeof startReceiver>[0] = { after: (end) => void ends.push(end as () => unknown) };
  gateway = await startReceiver(hooks, {
    answer: ({ body }) => (body.includes(UNFINISHED) ? undefined : [200, '{"id":"g1"}']),
  });
  mail = await startSmtpStation();
  const account = await createAccount(data, ['--quota', '1000', '--rate', '1000']);
  const sandbox = await createAccount(data, ['--sandbox']);
  const server = await startServer({
    data,
    args: [
      ...['--log-level', 'trace', '--log-requests', 'all', '--verify-resend-seconds', '0'],
      ...['--code-channels', '{"phone":"webhook","email":"smtp"}', '--gateway-url', gateway.origin],
      ...['--smtp-host', '127.0.0.1', '--smtp-port', String(mail.port), '--smtp-security', 'none'],
      ...['--verify-code-length', String(CODE_LENGTH), '--verify-code-alphabet', ALPHABET],
    ],
  });
  try {
    const endpoint = `${server.host}:${server.port}`;
    const ask = openDomainClients(endpoint, account);
    await verifyAll(ask);
    await provokeFaults(ask);
    await provokeFaults(openDomainClients(endpoint, sandbox));
    await callUnusually(server.port, account);
    for (const format of ['csv', 'ndjson']) {
      const exported = await runCommand(['ledger', 'export', '--format', format, '--data', data]);
      assert.ok(exported.stdout.split('\n').length > 10, 'the export has no entries');
      writeFileSync(join(left, `ledger.${format}`), exported.stdout);
    }
    await runJsonWithin(['backup', join(left, 'backup'), '--data', data]);
    writeFileSync(join(left, 'metrics'), await (await fetch(`${server.url}/metrics`)).text());
    for (const command of [['account', 'show', account.accountId], ['account', 'list'], ['doctor']]) {
      const { stdout, stderr } = await runCommand([...command, '--data', data]);
      appendFileSync(join(left, 'commands'), stdout + stderr);
    }
    await ask('SendIntlPhoneEmailCode', { Type: 1, Code: UNFINISHED });
    await eventually(
      () => gateway.requests.some(({ body }) => body.includes(UNFINISHED)),
      'the last message',
    );
    noteCodes();
    // As it lies there after kill -9, write-ahead logs and a message on its way included.
    await server.kill();
    const again = await startServer({
      data,
      args: [
        '--log-level',
        'trace',
        '--code-channels',
        '{"phone":"webhook","email":"smtp"}',
        '--gateway-url',
        'http://127.0.0.1:9',
        '--smtp-host',
        '127.0.0.1',
        '--smtp-port',
        '9',
        '--message-timeout-ms',
        '500',
      ],
    });
    await again.kill();
    appendFileSync(join(left, 'server.log'), again.stdout() + again.stderr());
  } finally {
    await server.kill();
    appendFileSync(join(left, 'server.log'), server.stdout() + server.stderr());
  }
});

/** Reads the codes off the stations. */
function noteCodes(): void {
  for (const { body } of gateway.requests) {
    const { to, text } = JSON.parse(body) as { to: string; text: string };
    codes.set(to.slice('+86'.length), CODE.exec(text)?.[0] ?? '');
  }
  for (const { to, text } of mail.received) codes.set(nameOf(to[0] ?? ''), CODE.exec(text)?.[0] ?? '');
}

async function codeFor(to: string): Promise<string> {
  await eventually(() => {
    noteCodes();
    return codes.has(to);
  }, 'a message');
  return codes.get(to) ?? '';
}

/** Every contact is sent a code, enters a wrong one and the right one, is listed and looked for; some are deleted. */
async function verifyAll(ask: AskDomain): Promise<void> {
  for (const [at, number] of NUMBERS.entries()) {
    const [plain = '', ...others] = spellingsOf(number);
    const [send, create, list] =
      at % 2 === 0
        ? (['SendIntlPhoneEmailCode', 'CreateIntlPhoneEmail', 'DescribeIntlPhoneEmailList'] as const)
        : (['SendPhoneEmailCode', 'CreatePhoneEmail', 'DescribePhoneEmailList'] as const);
    await ask(send, { Type: 1, Code: others[at % 2] ?? plain });
    const code = await codeFor(number);
    for (const spelling of [plain, ...others])
      await ask(create, { Type: 1, Code: spelling, VerifyCode: [...code].reverse().join('') }).catch(ignore);
    await ask(create, { Type: 1, Code: plain, VerifyCode: code.toLowerCase() });
    await ask(create, { Type: 1, Code: plain, VerifyCode: code }).catch(ignore);
    await ask(list, { Type: 1, Code: plain }).catch(ignore);
  }
  for (const mailbox of MAILBOXES) {
    await ask('SendIntlPhoneEmailCode', { Type: 2, Code: mailbox });
    const code = await codeFor(nameOf(mailbox));
    await ask('CreateIntlPhoneEmail', { Type: 2, Code: mailbox.toUpperCase(), VerifyCode: code }).catch(
      ignore,
    );
    await ask('DescribePhoneEmailList', { Type: 2, Code: mailbox }).catch(ignore);
  }
  await ask('DeleteIntlPhoneEmail', { Type: 1, Code: NUMBERS[0] });
  await ask('DeletePhoneEmail', { Type: 2, Code: MAILBOXES[0] }).catch(ignore);
}

/** Calls that are refused or make no sense, full of personal data. */
async function provokeFaults(ask: AskDomain): Promise<void> {
  const code = [...codes.values()][0] ?? '';
  const [number = ''] = NUMBERS;
  const [mailbox = ''] = MAILBOXES;
  const inputs: Readonly<Record<string, unknown>>[] = [
    ...REFUSED.map((text) => ({ Type: 1, Code: text })),
    ...[
      { Type: 2, Code: number },
      { Type: 1, Code: mailbox },
      { Type: 9, Code: mailbox },
      { Type: number, Code: code },
    ],
    ...[
      { Type: 1, Code: [number], VerifyCode: { [code]: mailbox } },
      { Type: 1, Code: number, [mailbox]: code },
    ],
    { Type: 1, Code: `${number}${mailbox}`, VerifyCode: `${code}${number}` },
  ];
  const actions: readonly DomainAction[] = [
    ...(['SendIntlPhoneEmailCode', 'CreateIntlPhoneEmail', 'DeleteIntlPhoneEmail'] as const),
    ...(['SendPhoneEmailCode', 'CreatePhoneEmail', 'DescribePhoneEmailList', 'DeletePhoneEmail'] as const),
  ];
  for (const action of actions)
    for (const input of inputs) await ask(action, { VerifyCode: code, ...input }).catch(ignore);
  // Too many at once for one recipient.
  for (let at = 0; at < 8; at += 1)
    await ask('SendIntlPhoneEmailCode', { Type: 2, Code: mailbox }).catch(ignore);
}

/** The same data in addresses, queries, headers and broken bodies. */
async function callUnusually(port: number, { secretId, secretKey }: NewAccount): Promise<void> {
  const code = [...codes.values()][0] ?? '';
  for (const signMethod of ['HmacSHA1', 'HmacSHA256', 'TC3-HMAC-SHA256'] as const) {
    const httpProfile = { endpoint: `127.0.0.1:${port}`, protocol: 'http://', reqMethod: 'GET' } as const;
    const client = new domain.v20180808.Client({
      credential: { secretId, secretKey },
      profile: { signMethod, httpProfile },
    });
    for (const to of [NUMBERS[1] ?? '', MAILBOXES[1] ?? '']) {
      const contact = { Type: to.includes('@') ? 2 : 1, Code: to };
      await client.SendPhoneEmailCode(contact).catch(ignore);
      await client.CreatePhoneEmail({ ...contact, VerifyCode: code }).catch(ignore);
    }
  }
  const body = `{"Type":1,"Code":"${NUMBERS[2]}","VerifyCode":"${code}","Mail":"${MAILBOXES[2]}"`;
  const words = encodeURIComponent(`${NUMBERS[2]} ${MAILBOXES[2]} ${code}`);
  for (const request of [
    `GET /?Action=CreateIntlPhoneEmail&Code=${words}&VerifyCode=${code}&SecretId=${secretId} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `POST / HTTP/1.1\r\nHost: x\r\nX-TC-Action: ${words}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    `POST /api/v1/verifications/${words}/check HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    `GARBAGE ${words}\r\n\r\n`,
  ])
    await exchange(port, Buffer.from(request));
}

/** As SQLite would write it as an integer. */
function integerBytes(number: string): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(Number(number), 0, 6);
  return bytes;
}

test('what was searched had everything: databases, write-ahead logs, exports, backups and logs', () => {
  const files = listFiles(left).map((file) => file.slice(left.length));
  for (const wanted of [
    /data\/codes\.db$/,
    /codes\.db-wal$/,
    /ledger\.db$/,
    /backup\/.*codes/,
    /server\.log$/,
    /ledger\.csv$/,
  ])
    assert.ok(
      files.some((file) => wanted.test(file)),
      `${wanted} is not among ${files.join(' ')}`,
    );
  const known = [...codes.values()];
  assert.ok(known.length === NUMBERS.length + MAILBOXES.length + 1 && known.every((code) => CODE.test(code)));
});

test('no code that was sent is in any file left behind, as it is or as people write it', () => {
  const written = [...codes.values()].flatMap((code) => [code, code.toLowerCase()]);
  assert.deepEqual(findTraces(left, written), []);
});

test('no number that a code was asked for is in any file left behind, in no spelling', () => {
  const numbers = [...NUMBERS, UNFINISHED];
  const others = REFUSED.slice(0, 2).flatMap((text) => [text, text.replace(/^(\+44|0)/, '')]);
  const integers = numbers.flatMap((number) => [integerBytes(number), integerBytes(`86${number}`)]);
  assert.deepEqual(findTraces(left, [...numbers, ...others, ...integers]), []);
});

test('no mailbox that a code was asked for is in any file left behind, in no spelling', () => {
  const ascii = new URL(`http://${NAMES[3]}.example`).hostname.split('.')[0] ?? '';
  const spellings = NAMES.flatMap((name) => [
    name,
    name.toLowerCase(),
    name.toUpperCase(),
    name.normalize('NFD'),
  ]);
  assert.deepEqual(findTraces(left, [...spellings, 'scanned', ascii, 'n+shop']), []);
});

test('a planted code, number or mailbox is found in the same files', () => {
  const code = [...codes.values()][0] ?? '';
  for (const [file, planted, hidden] of [
    ['server.log', code, code],
    ['data/codes.db', NUMBERS[1] ?? '', Buffer.from(`to ${NUMBERS[1]}`).toString('base64')],
    ['data/codes.db-wal', MAILBOXES[1] ?? '', Buffer.from(MAILBOXES[1] ?? '', 'utf16le')],
    ['ledger.csv', UNFINISHED, `+86${UNFINISHED}`],
    ['backup/planted', integerBytes(NUMBERS[2] ?? ''), integerBytes(`${NUMBERS[2]}`)],
  ] as const) {
    appendFileSync(join(left, file), hidden);
    assert.ok(
      findTraces(left, [planted]).some((trace) => trace.file.endsWith(file)),
      file,
    );
  }
});
