// What accounts set about their messages, over HTTP on a real server: name, templates, webhook; and what of it reaches a message.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountOffice } from '../../src/app/accounts.ts';
import type { KeyRestriction } from '../../src/ports/accounts.ts';
import { createManagementClient, type ManagementReply } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const data = join(makeTemporaryDirectory({ after }), 'data');
let server: RunningServer;
let office: AccountOffice;
let client: ReturnType<typeof createManagementClient>;

before(async () => {
  office = openOperatorOffice(data);
  server = await startServer({
    data,
    args: ['--time-zone', NOON_ZONE, '--verify-resend-seconds', '0', ...QUICK_PASSWORDS],
  });
  client = createManagementClient(server.port);
});
after(async () => {
  office?.close();
  await server?.kill();
});

function open(name = 'Shop', restriction?: Partial<KeyRestriction>, sandbox = false) {
  const { account, key } = office.open({
    ...{ name, services: ['contact-verification'], sandbox, state: 'active', quota: sandbox ? 0 : 100 },
    balanceMinor: 0,
  });
  const { accountId } = account;
  const all = { service: undefined, actions: undefined, expiresAtMs: undefined, callsMax: undefined };
  const { token } =
    restriction === undefined
      ? key
      : office.administration.createKey(accountId, undefined, {
          restriction: { ...all, caps: undefined, ...restriction },
        });
  return {
    accountId,
    ask: (line: string, body?: object) =>
      client.call(line, {
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body }),
      }),
  };
}

const codeOf = ({ json }: ManagementReply) => (json.error as { code?: string } | undefined)?.code;
const told = (reply: ManagementReply) => [reply.status, codeOf(reply)];
const shownFor = (to: string) => server.stderr().split(`To: ${to}\n`).at(-1)?.split('\n--\n')[0] ?? '';
const PHONE = { kind: 'phone', language: 'en' } as const;

async function send({ ask }: ReturnType<typeof open>, to: string, more: object) {
  const { status, text } = await ask('POST /verifications', { to, ...more });
  assert.equal(status, 201, text);
  const code = await codeShownFor(server, to);
  return shownFor(to).trim().replace(code, 'CODE');
}

test("messages carry the account's own text and name, and go back to the built-in ones", async () => {
  const shop = open();
  const to = '+8618766550001';
  const template = { name: 'login', ...PHONE, text: '{name} says {code} ({minutes} min)' };
  assert.equal((await shop.ask('POST /templates', template)).status, 200);
  const settings = { name: 'Corner Shop', template: 'login' };
  assert.equal((await shop.ask('PATCH /message-settings', settings)).json.name, 'Corner Shop');
  assert.equal(await send(shop, to, { language: 'en' }), 'Corner Shop says CODE (5 min)');
  assert.match(await send(shop, to, { language: 'zh' }), /^【Corner Shop】您的验证码为CODE/);
  await shop.ask('PATCH /message-settings', { name: '', template: '' });
  assert.equal(await send(shop, to, { template: 'login', language: 'en' }), 'Shop says CODE (5 min)');
  assert.match(await send(shop, to, { language: 'en' }), /^Shop: your code is CODE/);
  const { json } = await shop.ask('GET /templates');
  const [item] = json.items as { name: string; text: string }[];
  assert.deepEqual([json.count, item?.name, item?.text], [1, 'login', template.text]);
  assert.equal((await shop.ask('DELETE /templates/login')).status, 204);
  assert.deepEqual(told(await shop.ask('DELETE /templates/login')), [404, 'not_found']);
  const gone = await shop.ask('POST /verifications', { to, template: 'login', language: 'en' });
  assert.deepEqual(told(gone), [400, 'bad_request']);
});

test('a preview shows the text as it would arrive, and how long it is', async () => {
  const shop = open();
  const preview = async (body: object) => (await shop.ask('POST /templates/preview', body)).json;
  assert.deepEqual(await preview({ ...PHONE, text: '{name}: {code}' }), {
    ...{ subject: '', text: 'Shop: 012345', encoding: 'gsm7', units: 12, segments: 1, fits: true },
  });
  const chinese = await preview({ ...PHONE, language: 'zh', text: `{code}${'汉'.repeat(70)}` });
  assert.deepEqual([chinese.encoding, chinese.units, chinese.segments], ['ucs2', 76, 2]);
  const long = await preview({ ...PHONE, text: `{code}${'x'.repeat(460)}` });
  assert.deepEqual([long.segments, long.fits], [4, false]);
  const mail = { kind: 'email', language: 'en', subject: '{name}', text: `{code}${'x'.repeat(900)}` };
  const { subject, encoding, fits } = await preview(mail);
  assert.deepEqual([subject, encoding, fits], ['Shop', null, true]);
});

test('a text that is too long, smuggles something or lacks the code is refused when it is put in place', async () => {
  const shop = open();
  const put = async (text: string, more: object = {}) =>
    told(await shop.ask('POST /templates', { name: 'login', ...PHONE, text, ...more }));
  for (const text of [
    ...[
      `{code}${'x'.repeat(460)}`,
      'no code',
      '{code}{code}',
      '{code} {password}',
      '{code}\u0007',
      '{code}\u202e',
    ],
    ...['{code}\u001b[2J', '{code}\ud800'],
  ])
    assert.deepEqual(await put(text), [400, 'bad_request'], JSON.stringify(text));
  const mail = { kind: 'email' };
  assert.deepEqual(await put('{code}', mail), [400, 'bad_request'], 'a mail without a subject');
  assert.deepEqual(await put('{code}', { ...mail, subject: '{code}' }), [400, 'bad_request']);
  assert.deepEqual(await put('{code}', { ...mail, subject: 'a\nBcc: x@example.org' }), [400, 'bad_request']);
  assert.deepEqual(await put('{code}', { subject: 'Of a text message' }), [400, 'bad_request']);
  for (const name of ['preview', 'Login', '', '../x', 'x'.repeat(33)])
    assert.deepEqual(await put('{code}', { name }), [400, 'bad_request'], name);
  assert.equal((await shop.ask('GET /templates')).json.count, 0);
});

test('a name stands in messages as it is: no placeholder, no control, and short enough for every template', async () => {
  const shop = open();
  const change = async (body: object) => told(await shop.ask('PATCH /message-settings', body));
  for (const name of ['{code}', 'a}b', 'a\nb', 'a\u202eb', 'x'.repeat(65)])
    assert.deepEqual(await change({ name }), [400, 'bad_request'], name);
  await shop.ask('POST /templates', { name: 'long', ...PHONE, text: `{code}{name}${'x'.repeat(430)}` });
  assert.deepEqual(await change({ name: 'x'.repeat(40) }), [400, 'bad_request']);
  assert.deepEqual(await change({ template: 'unknown' }), [400, 'bad_request']);
  const odd = open('{code} and {minutes}');
  assert.match(await send(odd, '+8618766550002', { language: 'en' }), /^code and minutes: your code is CODE/);
});

test('a webhook is an https address without a password; its secret is shown once and sealed', async () => {
  const shop = open();
  const change = (webhookUrl: string) => shop.ask('PATCH /message-settings', { webhookUrl });
  const rotate = () => shop.ask('POST /message-settings/webhook-secret');
  for (const url of [
    ...['http://shop.example/', 'https://ann:secret@shop.example/', 'ftp://shop.example/', 'shop.example'],
    ...[
      'javascript:alert(1)',
      'https://127.0.0.1/',
      'https://0x7f.1/',
      'https://shop.example:22/',
      `https://shop.example/${'x'.repeat(2000)}`,
    ],
  ])
    assert.deepEqual(told(await change(url)), [400, 'bad_request'], url);
  assert.deepEqual(told(await rotate()), [409, 'conflict'], 'nothing to sign');
  const url = 'https://shop.example/hooks/7c1d';
  const { json } = await change(url);
  assert.deepEqual([json.webhookUrl, json.webhookEnabled, json.webhookDropped], [url, true, 0]);
  const moved = await change(`${url}e`);
  assert.equal(moved.json.webhookSecret, undefined, 'another URL keeps the secret');
  const secrets = [String(json.webhookSecret), String((await rotate()).json.webhookSecret)];
  assert.equal(new Set(secrets).size, 2);
  const shown = await shop.ask('GET /message-settings');
  const files = ['codes.db', 'codes.db-wal'].map((name) => readFileSync(join(data, name)));
  for (const secret of secrets) {
    assert.match(secret, /^[\w-]{43}$/);
    assert.ok(!shown.text.includes(secret));
    assert.ok(files.every((file) => !file.includes(secret)));
  }
  const { json: off } = await change('');
  assert.deepEqual([off.webhookUrl, off.webhookEnabled], ['', false]);
});

test('only who speaks for the whole account changes its messages, and the sandbox has none', async () => {
  const till = open('Shop', { actions: new Set(['verification-start']) });
  const other = open('Shop', { service: 'line-status' });
  const sandbox = open('Shop', undefined, true);
  const changes = [
    ['PATCH /message-settings', { name: 'Mine' }],
    ['POST /message-settings/webhook-secret', undefined],
    ['POST /templates', { name: 'login', ...PHONE, text: '{code}' }],
    ['DELETE /templates/login', undefined],
  ] as const;
  for (const { ask } of [till, other, sandbox])
    for (const [line, body] of changes)
      assert.deepEqual(told(await ask(line, body)), [403, 'forbidden'], line);
  for (const line of ['GET /message-settings', 'GET /templates']) {
    assert.equal((await till.ask(line)).status, 200);
    assert.equal((await sandbox.ask(line)).status, 200);
    assert.deepEqual(told(await other.ask(line)), [403, 'forbidden']);
  }
});

test('what people change is in the audit log with before and after, without the path of a webhook', async () => {
  const ann = await signUpPerson(server, client, 'ann@example.org');
  const ask = (line: string, body?: object) =>
    client.call(line, { headers: ann.headers, ...(body === undefined ? {} : { body }) });
  await ask('PATCH /message-settings', { name: 'Ann', webhookUrl: 'https://ann.example/T0PSECRET' });
  await ask('POST /message-settings/webhook-secret');
  await ask('POST /templates', { name: 'login', ...PHONE, text: 'Enter {code}' });
  await ask('DELETE /templates/login');
  const { token } = office.administration.createOperatorToken('root');
  const { json, text } = await client.call(`GET /operator/audit?subject=${ann.accountId}&limit=20`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const acts = json.items as { actor: string; act: string; before: unknown; after: unknown }[];
  const ofMessages = acts.filter(({ act }) => act.startsWith('messages.'));
  assert.deepEqual(
    ofMessages.map(({ act }) => act),
    ['messages.template-remove', 'messages.template', 'messages.webhook-secret', 'messages.settings'],
  );
  assert.ok(ofMessages.every(({ actor }) => actor.startsWith('person:')));
  assert.deepEqual(ofMessages.at(-1)?.after, {
    ...{ name: 'Ann', template: '', webhookHost: 'ann.example' },
  });
  assert.ok(!text.includes('T0PSECRET'));
});
