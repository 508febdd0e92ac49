// What is seen of messages beside their verifications: the outbox of development, receipts of a gateway, how sending stands.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountOffice } from '../../src/app/accounts.ts';
import { createWebhookSigner } from '../../src/codecs/webhook-signature.ts';
import { createManagementClient, type ManagementReply } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SECRET = 'of the gateway and of nobody else';
const MINUTE_MS = 60_000;
const PATIENCE_MS = 10_000;

const data = join(makeTemporaryDirectory({ after }), 'data');
let server: RunningServer;
let office: AccountOffice;
let gateway: Receiver;
let client: ReturnType<typeof createManagementClient>;
let operator: Readonly<Record<string, string>>;
const ends: (() => unknown)[] = [];

before(async () => {
  office = openOperatorOffice(data);
  operator = { authorization: `Bearer ${office.administration.createOperatorToken('root').token}` };
  // Registered here, a hook would end the receiver with this one.
  const hooks: Parameters<typeof startReceiver>[0] = { after: (end) => void ends.push(end as () => unknown) };
  gateway = await startReceiver(hooks, {
    answer: ({ body }) => [200, JSON.stringify({ id: `gw-${(JSON.parse(body) as { id: string }).id}` })],
  });
  server = await startServer({
    data,
    args: [
      ...['--time-zone', NOON_ZONE, '--code-channels', '{"phone":"webhook","email":"outbox"}'],
      ...['--gateway-url', gateway.origin, '--gateway-reference', 'id', ...QUICK_PASSWORDS],
    ],
    env: { LINEPROOF_GATEWAY_SECRET: SECRET },
  });
  client = createManagementClient(server.port);
});
after(async () => {
  office?.close();
  await server?.kill();
  for (const end of ends) await end();
});

function open(sandbox = false) {
  const { key } = office.open({
    ...{ name: 'Shop', services: ['contact-verification'], sandbox, state: 'active' },
    ...{ quota: sandbox ? 0 : 100, balanceMinor: 0 },
  });
  const headers = { authorization: `Bearer ${key.token}` };
  return (line: string, body?: object) =>
    client.call(line, { headers, ...(body === undefined ? {} : { body }) });
}

const codeOf = ({ json }: ManagementReply) => (json.error as { code?: string } | undefined)?.code;
const told = (reply: ManagementReply) => [reply.status, codeOf(reply)];

test('the outbox shows an account its own messages with their codes, and nobody else, nor registration codes', async () => {
  const [shop, other, sandbox] = [open(), open(), open(true)];
  const { json } = await shop('POST /verifications', { to: 'ann@example.org', language: 'en' });
  const code = await codeShownFor(server, 'ann@example.org');
  const outbox = await shop('GET /outbox');
  const [message] = outbox.json.items as Record<string, string>[];
  assert.deepEqual([outbox.json.count, message?.id, message?.to], [1, json.id, 'ann@example.org']);
  assert.ok(message?.text?.includes(code) && message.subject === 'Shop: your code');
  await sandbox('POST /verifications', { to: 'ann@example.org' });
  const person = await signUpPerson(server, client, 'bob@example.org');
  const ofPerson = await client.call('GET /outbox', { headers: person.headers });
  for (const { status, json } of [await other('GET /outbox'), await sandbox('GET /outbox'), ofPerson])
    assert.deepEqual([status, json], [200, { count: 0, items: [] }]);
  const mails = await client.call('GET /operator/outbox', { headers: operator });
  const [mail] = mails.json.items as Record<string, string>[];
  assert.equal(mail?.to, 'bob@example.org');
  assert.ok(!mails.text.includes('ann@example.org'), 'codes of accounts are not among the mails');
  const audit = await client.call('GET /operator/audit?act=outbox.look', { headers: operator });
  assert.equal(audit.json.count, 1);
});

test('a person sees what his sandbox credential did, apart from what is live', async () => {
  const { headers } = await signUpPerson(server, client, 'eve@example.org');
  const ask = (line: string, body?: object) =>
    client.call(line, { headers, ...(body === undefined ? {} : { body }) });
  assert.deepEqual((await ask('GET /verifications?sandbox=true')).json, { count: 0, items: [] });
  const { json: credential } = await ask('POST /credentials', { sandbox: true });
  const { json } = await client.call('POST /verifications', {
    headers: { authorization: `Bearer ${credential.token}` },
    body: { to: '13800138000' },
  });
  assert.equal((await ask('GET /verifications?sandbox=true')).json.count, 1);
  for (const [query, count] of [
    ['status=pending&kind=phone&createdFrom=2020-01-01T00:00:00Z', 1],
    ...(['status=verified', 'kind=email', 'createdTo=2020-01-01T00:00:00Z'] as const).map(
      (one) => [one, 0] as const,
    ),
  ] as const)
    assert.equal((await ask(`GET /verifications?sandbox=true&${query}`)).json.count, count, query);
  for (const query of ['status=gone', 'deliveryStatus=held', 'kind=fax', 'createdFrom=yesterday'])
    assert.deepEqual(told(await ask(`GET /verifications?${query}`)), [400, 'bad_request'], query);
  assert.equal((await ask(`GET /verifications/${json.id}?sandbox=true`)).json.status, 'pending');
  assert.deepEqual((await ask('GET /verifications')).json, { count: 0, items: [] });
  assert.deepEqual(told(await ask(`GET /verifications/${json.id}`)), [404, 'not_found']);
  assert.deepEqual((await open()('GET /verifications?sandbox=true')).json, { count: 0, items: [] });
});

test('without an outbox there is none to look at', async () => {
  const offices = openOperatorOffice(`${data}-sent`);
  const headers = { authorization: `Bearer ${offices.administration.createOperatorToken('root').token}` };
  offices.close();
  const other = await startServer({
    data: `${data}-sent`,
    args: [
      ...['--code-channels', '{"phone":"webhook","email":"webhook"}', '--gateway-url', gateway.origin],
      ...['--time-zone', NOON_ZONE, ...QUICK_PASSWORDS],
    ],
  });
  try {
    const ask = createManagementClient(other.port);
    const { headers: session } = await signUpPerson(other, ask, 'ann@example.org');
    assert.deepEqual(told(await ask.call('GET /outbox', { headers: session })), [404, 'not_found']);
    assert.deepEqual(told(await ask.call('POST /receipts/webhook', { text: '{}' })), [404, 'not_found']);
    assert.equal((await ask.call('GET /operator/messages/health', { headers })).status, 200);
  } finally {
    await other.kill();
  }
});

test("a gateway's signed receipt says what became of a message; what is unsigned, old or altered says nothing", async () => {
  const shop = open();
  const { json } = await shop('POST /verifications', { to: '+8618766550001' });
  const stateOf = async () => String((await shop(`GET /verifications/${json.id}`)).json.deliveryStatus);
  const becomes = async (state: string) => {
    const untilMs = performance.now() + PATIENCE_MS;
    while ((await stateOf()) !== state) assert.ok(performance.now() < untilMs, `it never was ${state}`);
  };
  await becomes('sent');
  const text = JSON.stringify({ id: `gw-${json.id}`, state: 'delivered' });
  const sign = createWebhookSigner(SECRET);
  const refusals: readonly Readonly<Record<string, string>>[] = [
    ...[{}, sign(`${text} `, Date.now()), createWebhookSigner('another')(text, Date.now())],
    ...[sign(text, Date.now() - 6 * MINUTE_MS), sign(text, Date.now() + 6 * MINUTE_MS)],
  ];
  for (const headers of refusals)
    assert.deepEqual(told(await client.call('POST /receipts/webhook', { text, headers })), [
      403,
      'forbidden',
    ]);
  const genuine = sign(text, Date.now());
  const elsewhere = await client.call('POST /receipts/smpp', { text, headers: genuine });
  assert.deepEqual(told(elsewhere), [404, 'not_found']);
  assert.equal(await stateOf(), 'sent');
  for (const step of ['on its way', 'delivered', 'delivered']) {
    const body = JSON.stringify({ id: `gw-${json.id}`, state: step });
    const headers = { 'content-type': 'application/octet-stream', ...sign(body, Date.now()) };
    assert.equal((await client.call('POST /receipts/webhook', { text: body, headers })).status, 204);
  }
  await becomes('delivered');
});

test('an operator sees channels, queues and what waits', async () => {
  const { json, status } = await client.call('GET /operator/messages/health', { headers: operator });
  assert.equal(status, 200);
  const channels = json.channels as { name: string; isUp: boolean }[];
  assert.deepEqual(channels.map(({ name, isUp }) => `${name} ${isUp}`).sort(), [
    'outbox true',
    'webhook true',
  ]);
  assert.deepEqual(json.queue, { waiting: 0, running: 0 });
  assert.equal((json.codes as { waiting: number }).waiting, 0);
});
