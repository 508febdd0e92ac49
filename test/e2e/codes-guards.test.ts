// Guards that reach beyond one account, over the wire: what the registry knows of a line is told to who may ask for it, and many
// accounts together reach a victim no more often than the server allows.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountOffice } from '../../src/app/accounts.ts';
import type { ServiceName } from '../../src/domain/service.ts';
import { eventually } from '../support/eventually.ts';
import { createManagementClient, type ManagementReply } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PRICE = 20;
const TOTAL = 10;
const SENDS_MAX = 4;
const [GONE, VACANT, ALIVE] = [makePerson(1, 'cancelled'), makePerson(2, 'vacant'), makePerson(3)];

const data = join(makeTemporaryDirectory({ after }), 'data');
let server: RunningServer;
let office: AccountOffice;
let client: ReturnType<typeof createManagementClient>;

before(async () => {
  office = openOperatorOffice(data);
  await importPeople(data, [GONE, VACANT, ALIVE]);
  server = await startServer({
    data,
    args: [
      ...['--time-zone', NOON_ZONE, '--prices', JSON.stringify({ 'code-send': PRICE })],
      ...['--verify-limits', JSON.stringify({ recipient: 5, account: SENDS_MAX })],
      ...['--verify-recipient-max', String(TOTAL)],
    ],
  });
  client = createManagementClient(server.port);
});
after(async () => {
  office?.close();
  await server?.kill();
});

function open(...services: ServiceName[]) {
  const { account, key } = office.open({
    ...{ name: 'Shop', services: ['contact-verification', ...services], sandbox: false, state: 'active' },
    ...{ ratePerSecond: 1000, quota: 0, balanceMinor: 10_000 },
  });
  const headers = { authorization: `Bearer ${key.token}` };
  return {
    send: (to: string) => client.call('POST /verifications', { headers, body: { to } }),
    spent: () => 10_000 - office.fundsOf(account.accountId).balanceMinor,
    async guards(): Promise<string[]> {
      const { json } = await client.call('GET /verifications/refusals', { headers });
      return (json.items as { guard: string }[]).map(({ guard }) => guard);
    },
  };
}

const told = ({ status, json }: ManagementReply) => [
  status,
  (json.error as { code?: string } | undefined)?.code,
];

test('an account with line-status learns that a line is dead, as often as it may send', async () => {
  const shop = open('line-status');
  const answers = [];
  for (const { number } of [GONE, VACANT, ALIVE, GONE]) answers.push(told(await shop.send(number)));
  const refused = [403, 'send_refused'];
  assert.deepEqual(answers, [refused, refused, [201, undefined], refused]);
  assert.equal(shop.spent(), PRICE, 'a refusal costs nothing');
  assert.deepEqual(told(await shop.send(VACANT.number)), [429, 'send_limit_reached'], 'and is counted');
  assert.deepEqual(await shop.guards(), ['account', 'dead_line', 'dead_line', 'dead_line']);
});

test('to an account without line-status a dead line is as any other, at the same price', async () => {
  const shop = open();
  const replies = [];
  for (const { number } of [GONE, VACANT, ALIVE]) replies.push(await shop.send(number));
  for (const { status, json } of replies) {
    assert.equal(status, 201);
    assert.deepEqual(Object.keys(json), Object.keys(replies[2]?.json ?? {}));
    assert.equal(json.deliveryStatus, 'queued');
  }
  assert.equal(shop.spent(), 3 * PRICE);
  assert.deepEqual(await shop.guards(), []);
});

test('many accounts together send one recipient no more codes than the server allows, and learn nothing of one another', async () => {
  const victim = '+8618766559999';
  const shops = Array.from({ length: 25 }, () => open());
  const replies = await Promise.all(shops.map(({ send }) => send(victim)));
  const refused = replies.filter(({ status }) => status === 403);
  assert.deepEqual([replies.length - refused.length, refused.length], [TOTAL, 25 - TOTAL]);
  for (const reply of refused) {
    assert.deepEqual(told(reply), [403, 'send_refused']);
    assert.equal(reply.headers['retry-after'], undefined, 'it would tell when the others began');
  }
  const shown = (): number => server.stderr().split(`To: ${victim}\n`).length - 1;
  await eventually(() => shown() >= TOTAL, 'the messages are printed');
  assert.equal(shown(), TOTAL);
  const at = replies.findIndex(({ status }) => status === 403);
  assert.deepEqual(await shops[at]?.guards(), ['recipient_total']);
  assert.equal(shops[at]?.spent(), 0);
  assert.equal((await open().send('+8618766559998')).status, 201, 'others are served');
});
