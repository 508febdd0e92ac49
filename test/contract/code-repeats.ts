// What every store of codes must hold about a check that its caller gave a name: under it the same is answered again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkAll,
  count,
  DAY_MS,
  hashOf,
  holdSent,
  makeCheck,
  makeCode,
  type OpenCodesUnderTest,
  RULES,
  T0_MS,
  type WantedCheck,
  WRONG,
} from '../support/codes.ts';

const named = (name: string, wanted: WantedCheck = {}) => ({ ...makeCheck(wanted), repeat: hashOf(name) });

export function testCodeRepeats(name: string, open: OpenCodesUnderTest): void {
  test(`${name}: a right code that was used up is right again under the same name, also after a restart, and under no other`, async (t) => {
    const under = await open(t);
    const { id } = await holdSent(under.store, makeCode());
    const first = await under.store.check(named('a'));
    assert.deepEqual(first, { kind: 'verified', id });
    // As if the server had died before its answer.
    const { store } = await under.reopen();
    assert.deepEqual(await store.check(named('a')), first);
    assert.deepEqual(await checkAll(store, [named('b'), makeCheck()]), ['unusable', 'unusable']);
    const other = { ...named('a'), account: 2 };
    assert.equal((await store.check(other)).kind, 'unusable', "another account's name is another name");
    assert.equal((await store.check(named('a', { nowMs: T0_MS + DAY_MS - 1 }))).kind, 'verified');
    assert.equal(
      (await store.check(named('a', { nowMs: T0_MS + DAY_MS }))).kind,
      'unusable',
      'kept no longer',
    );
  });

  test(`${name}: of 50 at once under one name all are answered alike, and the webhook hears of one`, async (t) => {
    const { store } = await open(t);
    await store.putWebhook(1, Buffer.from('receiver'), T0_MS);
    await holdSent(store, makeCode());
    const answers = await checkAll(
      store,
      Array.from({ length: 50 }, () => named('a')),
    );
    assert.equal(count(answers, 'verified'), 50);
    const due = await store.dueNotices(T0_MS, { limit: 100, perAccount: 100, except: [] });
    assert.equal(due.length, 1);
  });

  test(`${name}: a wrong code is counted once under one name, and repeats open no more attempts`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode());
    for (let at = 0; at < 20; at += 1)
      assert.equal((await store.check(named('a', { code: WRONG }))).kind, 'wrong');
    const tried = Array.from({ length: 20 }, (_, at) => named(`n${at}`, { code: WRONG }));
    const answers = await checkAll(store, tried);
    assert.equal(count(answers, 'wrong'), RULES.attemptsMax - 1);
    assert.equal((await store.check(makeCheck())).kind, 'unusable');
  });
}
