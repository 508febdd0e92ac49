// What every store of codes must hold about what accounts can look up in it (codes, verified contacts, settings, templates), and
// about operations that fail or find no room.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/domain/fault.ts';
import type { CodeStore } from '../../src/ports/code-store.ts';
import type { VerificationFilter } from '../../src/ports/verifications.ts';
import {
  checkAll,
  count,
  DAY_MS,
  hashesOf,
  holdSent,
  makeCheck,
  makeCode,
  NO_LIMITS,
  type OpenCodesUnderTest,
  T0_MS,
  WRONG,
} from '../support/codes.ts';

const ALL = { offset: 0, limit: 100 };

export function testCodeLists(name: string, open: OpenCodesUnderTest): void {
  const verify = async (store: CodeStore, to: string, more: { account?: number; nowMs?: number } = {}) => {
    const kind = to.includes('@') ? 'email' : 'phone';
    await holdSent(store, makeCode({ to, kind, ...more }));
    return store.check(makeCheck({ to, addsContact: true, ...more }));
  };
  const shown = async (store: CodeStore, ...wanted: [Parameters<CodeStore['contacts']>[1], typeof ALL]) => {
    const { contacts, total } = await store.contacts(1, ...wanted);
    return { total, contacts: contacts.map(({ sealedContact }) => Buffer.from(sealedContact).toString()) };
  };
  const isUnavailable = (error: unknown): boolean =>
    error instanceof Fault && error.code === 'storage_unavailable';

  test(`${name}: codes of an account are listed newest or oldest first, by pages, to nobody else`, async (t) => {
    const { store } = await open(t);
    const codes = [];
    for (const to of ['a', 'b', 'c', 'd']) codes.unshift(await holdSent(store, makeCode({ to })));
    await holdSent(store, makeCode({ account: 2 }));
    const ids = codes.map(({ id }) => id);
    const page = async (offset: number, limit: number) => {
      const { verifications, total } = await store.list(1, { offset, limit });
      assert.equal(total, 4);
      return verifications.map(({ id }) => id);
    };
    assert.deepEqual(await page(0, 100), ids);
    assert.deepEqual(await page(1, 2), ids.slice(1, 3));
    assert.deepEqual(await page(4, 2), []);
    const turned = await store.list(1, { offset: 1, limit: 2, oldestFirst: true });
    assert.deepEqual(
      turned.verifications.map(({ id }) => id),
      ids.toReversed().slice(1, 3),
    );
    assert.equal(await store.find(2, ids[0] ?? ''), undefined);
    const [newest] = codes;
    const found = await store.find(1, newest?.id ?? '');
    assert.deepEqual(
      { ...found, sealedContact: undefined },
      {
        ...{ id: newest?.id, account: 1, purpose: 'contact', kind: 'phone', sealedContact: undefined },
        ...{ codeState: 'pending', deliveryState: 'queued', channel: '', reason: '', resent: false },
        ...{ createdMs: T0_MS, expiresMs: newest?.expiresMs, changedMs: T0_MS },
      },
    );
  });

  test(`${name}: codes are found by state, delivery, kind and day; one that is over without being swept is expired`, async (t) => {
    const { store } = await open(t);
    const made = new Map<string, string>();
    const send = async (to: string, nowMs: number) => {
      const { id } = await holdSent(
        store,
        makeCode({ to, nowMs, kind: to.includes('@') ? 'email' : 'phone' }),
      );
      made.set(id, to);
    };
    await send('old', T0_MS);
    await send('right', T0_MS + DAY_MS);
    await store.check(makeCheck({ to: 'right', nowMs: T0_MS + DAY_MS }));
    await send('m@x', T0_MS + DAY_MS);
    await store.hold(makeCode({ account: 2, nowMs: T0_MS + DAY_MS }));
    const found = async (filter: Partial<VerificationFilter>, page = ALL) => {
      const nowMs = T0_MS + DAY_MS;
      const { verifications, total } = await store.list(1, { ...page, filter: { nowMs, ...filter } });
      return [total, ...verifications.map(({ id }) => made.get(id))];
    };
    assert.deepEqual(await found({}), [3, 'm@x', 'right', 'old']);
    assert.deepEqual(await found({ codeState: 'expired' }), [1, 'old']);
    assert.deepEqual(await found({ codeState: 'pending' }), [1, 'm@x']);
    assert.deepEqual(await found({ codeState: 'verified' }), [1, 'right']);
    assert.deepEqual(await found({ kind: 'email' }), [1, 'm@x']);
    assert.deepEqual(await found({ deliveryState: 'queued' }), [3, 'm@x', 'right', 'old']);
    assert.deepEqual(await found({ deliveryState: 'failed' }), [0]);
    assert.deepEqual(await found({ fromMs: T0_MS + 1 }), [2, 'm@x', 'right']);
    assert.deepEqual(await found({ toMs: T0_MS + DAY_MS }), [1, 'old']);
    assert.deepEqual(await found({ kind: 'phone' }, { offset: 1, limit: 1 }), [2, 'old']);
  });

  test(`${name}: a verified contact is listed once, newest first, by kind, by contact and by pages`, async (t) => {
    const under = await open(t);
    for (const [at, to] of ['a', 'm@x', 'b', 'n@x'].entries())
      await verify(under.store, to, { nowMs: T0_MS + at });
    const { store } = await under.reopen();
    const sealed = (...of: string[]) => of.map((to) => `sealed ${to}`);
    assert.deepEqual(await shown(store, {}, ALL), { total: 4, contacts: sealed('n@x', 'b', 'm@x', 'a') });
    assert.deepEqual(await shown(store, { kind: 'email' }, ALL), {
      total: 2,
      contacts: sealed('n@x', 'm@x'),
    });
    assert.deepEqual(await shown(store, {}, { offset: 1, limit: 2 }), {
      total: 4,
      contacts: sealed('b', 'm@x'),
    });
    const { contact } = hashesOf('b');
    assert.deepEqual(await shown(store, { contact }, ALL), { total: 1, contacts: sealed('b') });
    assert.deepEqual(await shown(store, { contact, kind: 'email' }, ALL), { total: 0, contacts: [] });
    assert.equal((await store.contacts(2, {}, ALL)).total, 0);
    assert.equal((await store.contacts(1, { contact }, ALL)).contacts[0]?.verifiedMs, T0_MS + 2);
  });

  test(`${name}: a verified contact is said to be verified, with any code and without one, until it is removed`, async (t) => {
    const under = await open(t);
    await verify(under.store, 'ann');
    const { store } = await under.reopen();
    await holdSent(store, makeCode());
    const again = [makeCheck({ addsContact: true }), makeCheck({ addsContact: true, code: WRONG })];
    assert.deepEqual(await checkAll(store, again), ['already_verified', 'already_verified']);
    const { contact } = hashesOf('ann');
    assert.equal(await store.removeContact(2, contact), false, "another account's");
    assert.equal(await store.removeContact(1, contact), true);
    assert.equal(await store.removeContact(1, contact), false);
    assert.equal((await store.contacts(1, {}, ALL)).total, 0);
    assert.equal((await verify(store, 'ann')).kind, 'verified');
    assert.equal((await store.contacts(1, {}, ALL)).total, 1);
  });

  test(`${name}: an alias is a contact of its own, and what adds no contact adds none`, async (t) => {
    const { store } = await open(t);
    await verify(store, 'ann');
    await verify(store, 'ann+shop');
    await holdSent(store, makeCode({ to: 'bob' }));
    assert.equal((await store.check(makeCheck({ to: 'bob' }))).kind, 'verified');
    assert.equal((await store.contacts(1, {}, ALL)).total, 2);
    assert.equal((await store.check(makeCheck({ to: 'ann' }))).kind, 'unusable');
  });

  test(`${name}: of 50 that verify one contact at once it joins the list once`, async (t) => {
    const { store } = await open(t);
    await holdSent(store, makeCode());
    const checks = Array.from({ length: 50 }, () => makeCheck({ addsContact: true }));
    const answers = await checkAll(store, checks);
    assert.deepEqual([count(answers, 'verified'), count(answers, 'already_verified')], [1, 49]);
    assert.equal((await store.contacts(1, {}, ALL)).total, 1);
  });

  test(`${name}: forgetting old codes forgets no contact`, async (t) => {
    const { store } = await open(t, { rules: { keepMs: 1 } });
    await verify(store, 'ann');
    await store.deliver({
      id: (await store.list(1, ALL)).verifications[0]?.id ?? '',
      state: 'sent',
      channel: 'sms',
      reference: undefined,
      reason: '',
      nowMs: T0_MS,
    });
    await store.sweep(T0_MS + 1_000_000);
    assert.equal((await store.list(1, ALL)).total, 0);
    assert.equal((await store.contacts(1, {}, ALL)).total, 1);
  });

  test(`${name}: settings and templates are the account's own and kept`, async (t) => {
    const under = await open(t);
    const none = { name: '', template: '' };
    assert.deepEqual(await under.store.settings(1), none);
    const settings = { name: 'Shop', template: 't' };
    await under.store.putSettings(1, { ...settings, name: 'before' });
    await under.store.putSettings(1, settings);
    const template = (named: string, language: 'en' | 'zh', text: string) => ({
      ...{ name: named, kind: 'phone' as const, language, subject: '', text, changedMs: T0_MS },
    });
    await under.store.putTemplate(1, template('t', 'en', 'before {code}'));
    for (const language of ['zh', 'en'] as const)
      await under.store.putTemplate(1, template('t', language, '{code}'));
    await under.store.putTemplate(1, template('a', 'en', 'a {code}'));
    const { store } = await under.reopen();
    const kept = await store.settings(1);
    assert.deepEqual(kept, settings);
    assert.deepEqual(await store.settings(2), none);
    const all = [
      template('a', 'en', 'a {code}'),
      template('t', 'en', '{code}'),
      template('t', 'zh', '{code}'),
    ];
    assert.deepEqual(await store.templates(1), all);
    assert.deepEqual(await store.templates(2), []);
    assert.equal(await store.removeTemplate(2, 't'), false);
    assert.equal(await store.removeTemplate(1, 't'), true, 'in every language');
    assert.deepEqual(await store.templates(1), all.slice(0, 1));
  });

  test(`${name}: an operation that cannot be done fails alone and counts for nothing`, async (t) => {
    const reasons: string[] = [];
    const rules = { limits: { ...NO_LIMITS, account: 3 } };
    const { store } = await open(t, { rules, onError: (reason) => reasons.push(reason) });
    const first = makeCode({ to: 'a' });
    const answers = await Promise.allSettled([
      store.hold(first),
      store.hold(makeCode({ id: first.id, to: 'b' })),
      store.hold(makeCode({ to: 'c' })),
      store.hold(makeCode({ to: 'd' })),
      store.hold(makeCode({ to: 'e' })),
    ]);
    const verdicts = answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value.kind : isUnavailable(answer.reason) && 'failed',
    );
    assert.deepEqual(verdicts, ['held', 'failed', 'held', 'held', 'refused']);
    assert.equal(reasons.length, 1);
    assert.equal((await store.check(makeCheck({ to: 'c' }))).kind, 'verified');
    assert.equal((await store.list(1, ALL)).total, 3);
  });

  test(`${name}: beyond the queue nothing is begun, but what was begun can always end`, async (t) => {
    const { store } = await open(t, { queueMax: 10 });
    const [dropped, sent] = [makeCode({ to: 'x' }), makeCode({ to: 'y' })];
    for (const code of [dropped, sent]) await store.hold(code);
    const holds = Array.from({ length: 30 }, (_, at) => store.hold(makeCode({ to: `n${at}` })));
    const delivery = {
      id: sent.id,
      state: 'sent',
      channel: 'sms',
      reference: 'r',
      reason: '',
      nowMs: T0_MS,
    } as const;
    const ends = [
      store.markResent(sent.id, false),
      store.drop(dropped.id, T0_MS),
      store.deliver(delivery),
      store.markResent(sent.id, false),
    ];
    const settled = await Promise.allSettled(holds);
    assert.equal(
      count(
        settled.map(({ status }) => status),
        'fulfilled',
      ),
      10,
    );
    assert.ok(settled.every((one) => one.status === 'fulfilled' || isUnavailable(one.reason)));
    await Promise.all(ends);
    assert.equal((await store.find(1, sent.id))?.deliveryState, 'sent');
    assert.equal(await store.find(1, dropped.id), undefined);
  });

  test(`${name}: what was begun before the end is done, what comes after is refused`, async (t) => {
    const under = await open(t);
    const holding = Promise.all(['a', 'b', 'c'].map((to) => under.store.hold(makeCode({ to }))));
    const closing = under.store.close();
    await holding;
    await closing;
    await assert.rejects(under.store.check(makeCheck()), isUnavailable);
    const { store } = await under.reopen();
    assert.equal((await store.list(1, ALL)).total, 3);
  });
}
