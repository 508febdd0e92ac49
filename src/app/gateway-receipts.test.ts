import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSteppedClock, settle } from '../../test/support/stepped-clock.ts';
import { createWebhookSigner } from '../codecs/webhook-signature.ts';
import type { Receipt } from '../ports/message-channel.ts';
import { createReceiptTaker } from './gateway-receipts.ts';

const T0_MS = Date.UTC(2026, 10, 21, 4);
const SECRET = 'a-secret-of-the-gateway';
const TIMEOUT_MS = 10_000;
const CONFIGURATION = {
  gatewaySecret: SECRET,
  gatewayReceipts: { reference: 'id', state: 'state', delivered: 'DELIVRD', failed: 'UNDELIV' },
  messageTimeoutMs: TIMEOUT_MS,
};

/** Gives the taker a signed receipt, with a store that answers as it is told. */
function give(receive: (channel: string, receipt: Receipt) => Promise<boolean>, state = 'DELIVRD') {
  const clock = createSteppedClock(T0_MS);
  const take = createReceiptTaker(CONFIGURATION, new Set(['webhook']), clock, receive);
  const body = Buffer.from(JSON.stringify({ id: 'r1', state }));
  const headers = new Map(
    Object.entries(createWebhookSigner(SECRET)(body.toString(), T0_MS)).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );
  const header = (name: string) => headers.get(name.toLowerCase());
  const said: string[] = [];
  const done = take('webhook', { body, header }, T0_MS).then((answer) => void said.push(answer));
  return { clock, said, done };
}

test('a receipt is answered when it is kept and not before', async () => {
  const kept = Promise.withResolvers<boolean>();
  const { said, done } = give(() => kept.promise);
  await settle();
  assert.deepEqual(said, []);
  kept.resolve(true);
  await done;
  assert.deepEqual(said, ['taken']);
});

test('a receipt that could not be kept is to be sent again, also when its deadline is over', async () => {
  const failed = give(async () => false);
  await failed.done;
  assert.deepEqual(failed.said, ['not_kept']);
  const silent = give(() => new Promise(() => {}));
  await silent.clock.advance(TIMEOUT_MS - 1);
  assert.deepEqual(silent.said, []);
  await silent.clock.advance(1);
  await silent.done;
  assert.deepEqual(silent.said, ['not_kept']);
});

test('a step on the way is taken without being kept', async () => {
  const { said, done } = give(() => assert.fail('nothing to keep'), 'ENROUTE');
  await done;
  assert.deepEqual(said, ['taken']);
});
