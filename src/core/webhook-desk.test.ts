import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import type { CodeStore } from '../ports/code-store.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { openCodes } from '../storage/sqlite/codes/open-codes.ts';
import { createWebhookDesk } from './webhook-desk.ts';

const SEAL_KEY = Buffer.alloc(32, 1);
const URL_1 = 'https://hook.example/token-1';

async function open(t: TestContext): Promise<{ store: CodeStore; path: string }> {
  const path = join(makeTemporaryDirectory(t), 'codes.db');
  const limits = { recipient: 1, recipientTotal: 1, prefix: 1, country: 1, account: 1, address: 1, user: 1 };
  const store = await openCodes({
    path,
    rules: {
      ...{
        windowMs: 1,
        limits,
        breakerSends: 1,
        breakerMinPercent: 1,
        breakerGraceMs: 0,
        breakerBlockMs: 1,
        resendBaseMs: 1,
      },
      ...{ resendMaxMs: 1, attemptsMax: 1, attemptWindowMs: 1, checksKeptMs: 1, keepMs: 1, refusalsMax: 1 },
      ...{ noticesMax: 1, noticeLifetimeMs: 1 },
    },
    codeKey: Buffer.alloc(32, 2),
    queueMax: 100,
    readsMax: 10,
    onError: () => {},
  });
  t.after(() => store.close());
  return { store, path };
}

test('the secret is shown once, stays with a new URL, and changes when asked for', async (t) => {
  const { store } = await open(t);
  const desk = createWebhookDesk(store, SEAL_KEY, systemRandom);
  assert.equal(await desk.find(1), undefined);
  const secret = await desk.set(1, { url: URL_1, newSecret: false, nowMs: 0 });
  assert.match(secret ?? '', /^[\w-]{43}$/);
  assert.deepEqual(await desk.find(1), { url: URL_1, secret });
  assert.equal(await desk.set(1, { url: 'https://hook.example/2', newSecret: false, nowMs: 0 }), undefined);
  assert.equal((await desk.find(1))?.secret, secret);
  const next = await desk.set(1, { url: URL_1, newSecret: true, nowMs: 0 });
  assert.notEqual(next, secret);
  assert.equal((await desk.find(1))?.secret, next);
  assert.equal(await desk.find(2), undefined);
});

test('only the URL that said so is disabled, and setting one enables it', async (t) => {
  const { store } = await open(t);
  const desk = createWebhookDesk(store, SEAL_KEY, systemRandom);
  await desk.set(1, { url: URL_1, newSecret: false, nowMs: 0 });
  await desk.disable(1, 'https://hook.example/other');
  assert.notEqual(await desk.find(1), undefined);
  await desk.disable(1, URL_1);
  assert.equal(await desk.find(1), undefined);
  assert.deepEqual(await desk.show(1), { url: URL_1, isDisabled: true, dropped: 0 });
  await desk.set(1, { url: URL_1, newSecret: false, nowMs: 0 });
  assert.notEqual(await desk.find(1), undefined);
  assert.deepEqual([await desk.remove(1), await desk.remove(1)], [true, false]);
});

test('neither URL nor secret is in the file, and a box of another account does not open', async (t) => {
  const { store, path } = await open(t);
  const desk = createWebhookDesk(store, SEAL_KEY, systemRandom);
  const secret = (await desk.set(1, { url: URL_1, newSecret: false, nowMs: 0 })) ?? '';
  const box = (await store.webhook(1))?.sealedReceiver ?? new Uint8Array();
  for (const file of [path, `${path}-wal`])
    for (const text of ['token-1', 'hook.example', secret])
      assert.equal(readFileSync(file).includes(text), false);
  await store.putWebhook(2, box, 0);
  await assert.rejects(desk.find(2), /does not open/);
});
