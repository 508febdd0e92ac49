// What every store of codes must hold about notices to accounts' webhooks: those that a full queue has no room for are counted.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeStore } from '../../src/ports/code-store.ts';
import { holdSent, makeCode, type OpenCodesUnderTest, T0_MS } from '../support/codes.ts';

const RECEIVER = Buffer.from('sealed receiver');
const DUE = { limit: 100, perAccount: 100, except: [] };

/** Each leaves a notice. */
async function send(store: CodeStore, account: number, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    const { id } = await holdSent(store, makeCode({ account, to: `n${at}`, purpose: `p${account}` }));
    await store.deliver({
      ...{ id, state: 'sent', channel: 'sms', reference: undefined, reason: '', nowMs: T0_MS },
    });
  }
}

export function testCodeNotices(name: string, open: OpenCodesUnderTest): void {
  test(`${name}: a notice that a full queue has no room for is counted, for its account and in all, over restarts`, async (t) => {
    let dropped = 0;
    const settings = {
      rules: { noticesMax: 3 },
      onNoticesDropped(count: number) {
        dropped += count;
      },
    };
    const under = await open(t, settings);
    for (const account of [1, 2]) await under.store.putWebhook(account, RECEIVER, T0_MS);
    await send(under.store, 1, 3);
    assert.deepEqual([(await under.store.webhook(1))?.dropped, dropped], [0, 0]);
    await send(under.store, 1, 5);
    await send(under.store, 2, 4);
    const { store } = await under.reopen();
    const shown = async (account: number) => (await store.webhook(account))?.dropped;
    assert.deepEqual([await shown(1), await shown(2), dropped], [5, 1, 6]);
    assert.equal((await store.dueNotices(T0_MS, DUE)).length, 6);
  });

  test(`${name}: what was dropped is counted from when the webhook was put`, async (t) => {
    const { store } = await open(t, { rules: { noticesMax: 1 } });
    await store.putWebhook(1, RECEIVER, T0_MS);
    await send(store, 1, 3);
    assert.equal((await store.webhook(1))?.dropped, 2);
    await store.putWebhook(1, RECEIVER, T0_MS + 1);
    assert.equal((await store.webhook(1))?.dropped, 0);
  });
}
