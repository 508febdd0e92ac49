// An account's webhook hears of every step of a verification, from a real server over a real message centre with receipts.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountOffice } from '../../src/app/accounts.ts';
import { createWebhookVerifier } from '../../src/codecs/webhook-signature.ts';
import { eventually } from '../support/eventually.ts';
import { createManagementClient } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type SmppStation, startSmppStation } from '../support/smpp-station.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const NUMBER = '+8618766554433';
const data = join(makeTemporaryDirectory({ after }), 'data');
const ends: (() => unknown)[] = [];
let office: AccountOffice;
let server: RunningServer;
let centre: SmppStation;
let receiver: Receiver;
let status = 200;
let authorization: string;

before(async () => {
  office = openOperatorOffice(data);
  centre = await startSmppStation();
  const hooks: Parameters<typeof startReceiver>[0] = { after: (end) => void ends.push(end as () => unknown) };
  receiver = await startReceiver(hooks, { answer: () => status });
  server = await startServer({
    data,
    args: [
      ...['--time-zone', NOON_ZONE, '--code-channels', '{"phone":"smpp"}', '--verify-resend-seconds', '0'],
      ...['--smpp-host', '127.0.0.1', '--smpp-port', String(centre.port), '--smpp-security', 'none'],
      ...['--smpp-system-id', 'lineproof', '--smpp-source', 'Lineproof'],
      ...['--webhook-networks', '127.0.0.0/8', '--notice-retry-base-ms', '50'],
    ],
    env: { LINEPROOF_SMPP_PASSWORD: 'secret' },
  });
  const { key } = office.open({
    ...{ name: 'Shop', services: ['contact-verification'], sandbox: false, state: 'active', quota: 100 },
    balanceMinor: 0,
  });
  authorization = `Bearer ${key.token}`;
});
after(async () => {
  office?.close();
  await server?.stop();
  await centre?.stop();
  for (const end of ends) await end();
});

interface Notice {
  readonly id: string;
  readonly event: string;
  readonly verification: Readonly<Record<string, unknown>>;
}

const notices = (): Notice[] => receiver.requests.map(({ body }) => JSON.parse(body) as Notice);
const events = (id: unknown): string[] =>
  [
    ...new Set(
      notices()
        .filter(({ verification }) => verification.id === id)
        .map(({ event }) => event),
    ),
  ].sort();

async function ask(line: string, body?: object) {
  const client = createManagementClient(server.port);
  const { json } = await client.call(line, {
    headers: { authorization },
    ...(body === undefined ? {} : { body }),
  });
  return json as Record<string, unknown>;
}

test('sent, delivered and verified are told, signed under the secret that was shown once', async () => {
  const settings = await ask('PATCH /message-settings', { webhookUrl: `${receiver.origin}/hook` });
  const secret = String(settings.webhookSecret);
  const { id } = await ask('POST /verifications', { to: NUMBER, purpose: 'login' });
  await eventually(() => centre.submitted.length === 1, 'the text message');
  await eventually(() => events(id).includes('verification.sent'), 'the notice of the hand-over');
  centre.tell('deliver_sm', {
    ...{ esm_class: 0x04, source_addr: NUMBER.slice(1), destination_addr: 'Lineproof' },
    short_message:
      'id:m1 sub:001 dlvrd:001 submit date:2611211200 done date:2611211201 stat:DELIVRD err:000 text:',
  });
  await eventually(() => events(id).includes('verification.delivered'), 'the notice of the receipt');
  const code = /\d{6}/.exec(centre.submitted[0]?.text ?? '')?.[0];
  await ask(`POST /verifications/${String(id)}/check`, { code });
  await eventually(() => events(id).includes('verification.verified'), 'the notice of the check');
  assert.deepEqual(events(id), ['verification.delivered', 'verification.sent', 'verification.verified']);
  const isGenuine = createWebhookVerifier(secret, 300_000);
  for (const { headers, body } of receiver.requests) {
    const shown = {
      timestamp: String(headers['x-lineproof-timestamp']),
      signature: String(headers['x-lineproof-signature']),
    };
    assert.ok(isGenuine(shown, Buffer.from(body), Date.now()), 'signed');
    assert.ok(!body.includes('18766554433') && !body.includes(String(code)), 'neither number nor code');
  }
  const { status: codeState, deliveryStatus } = await ask(`GET /verifications/${String(id)}`);
  assert.deepEqual([codeState, deliveryStatus], ['verified', 'delivered']);
});

test('a receiver that fails gets the notice again, under the same id, also after kill -9', async () => {
  status = 500;
  const { id } = await ask('POST /verifications', { to: '+8618766554434', purpose: 'login' });
  await eventually(() => events(id).includes('verification.sent'), 'the first attempt');
  await server.kill();
  status = 200;
  const refused = notices().filter(({ verification }) => verification.id === id).length;
  server = await startServer({
    data,
    args: ['--time-zone', NOON_ZONE, '--webhook-networks', '127.0.0.0/8'],
  });
  const again = (): Notice[] => notices().filter(({ verification }) => verification.id === id);
  await eventually(() => again().length > refused, 'the notice once more');
  assert.equal(new Set(again().map((notice) => notice.id)).size, 1);
});
