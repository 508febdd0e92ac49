// What every ledger must hold of grants that the serving process asks for, whatever it is stored in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Grant, Ledger, Treasury } from '../../src/ports/ledger.ts';
import { DAY, DAY_START_MS, makeAttempt } from '../support/attempts.ts';
import type { LedgerUnderTest } from './ledger.ts';

export interface TreasuryUnderTest extends LedgerUnderTest {
  readonly ledger: Ledger & Treasury;
  reopen(): Promise<TreasuryUnderTest>;
}

export type OpenTreasury = (test: {
  after(end: () => void | Promise<void>): void;
}) => Promise<TreasuryUnderTest>;

function makeGrant(changes: Partial<Grant> = {}): Grant {
  return {
    accountId: 1,
    services: ['line-status'],
    calls: 5,
    minor: 0,
    timeMs: DAY_START_MS,
    day: DAY,
    ...changes,
  };
}

export function testLedgerGrants(name: string, open: OpenTreasury): void {
  test(`${name}: a grant adds to what there is, says what there is then, and pays for the next call`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 2, 30);
    assert.deepEqual(await ledger.fundsOf(1), { quota: { 'line-status': 2 }, balanceMinor: 30 });
    const granted = await ledger.grant(makeGrant({ services: ['line-status', 'line-tenure'], minor: 70 }));
    assert.deepEqual(granted, { quota: { 'line-status': 7, 'line-tenure': 5 }, balanceMinor: 100 });
    const settled = await ledger.settle(makeAttempt({ service: 'line-tenure', action: 'line-tenure' }));
    assert.equal(settled.kind === 'recorded' && settled.paidBy, 'quota');
    assert.deepEqual(funds(1, 'line-tenure'), { quota: 4, balanceMinor: 100 });
    assert.deepEqual(await ledger.fundsOf(2), { quota: {}, balanceMinor: 0 });
  });

  test(`${name}: what is to be granted once is, of 50 at once, from both sides and after a restart`, async (t) => {
    const before = await open(t);
    const once = makeGrant({ once: 'free:1:line-status' });
    await Promise.all(Array.from({ length: 50 }, () => before.ledger.grant(once)));
    assert.equal(before.funds(1, 'line-status').quota, 5);
    const { ledger } = await before.reopen();
    assert.deepEqual((await ledger.grant(once)).quota, { 'line-status': 5 });
    await ledger.grant(makeGrant({ once: 'free:1:other' }));
    assert.equal(before.funds(1, 'line-status').quota, 10);
  });

  test(`${name}: a grant that makes no sense is refused and changes nothing`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 3, 9);
    for (const changes of [
      { calls: -1 },
      { calls: 0.5 },
      { minor: Number.MAX_SAFE_INTEGER + 1 },
      { minor: -3 },
    ])
      await assert.rejects(ledger.grant(makeGrant({ calls: 0, ...changes })), RangeError);
    await assert.rejects(ledger.grant(makeGrant({ minor: Number.MAX_SAFE_INTEGER })), RangeError);
    assert.deepEqual(funds(1, 'line-status'), { quota: 3, balanceMinor: 9 });
  });
}
