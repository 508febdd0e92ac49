import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CountedEntry, findCounterBreaches } from './counter-replay.ts';

const counter = (digit: string): string => digit.repeat(32);
const call = (requestId: string, ...counters: string[]): CountedEntry => {
  return { requestId, action: 'identity-match', outcome: 'match', counters: counters.map(counter).join('') };
};
const refused = (requestId: string): CountedEntry => ({ ...call(requestId), outcome: 'daily_limit' });

/** Each request id names what it asked. */
const asked = (requestId: string): readonly string[] => requestId.slice(1).split('');

test('a limit that is met exactly, by any one of three counters, is no breach', () => {
  const entries = [
    call('1ABC', 'a', 'b', 'c'),
    call('2XBY', 'd', 'b', 'e'),
    refused('3ZBC'),
    call('4ZWC', 'f', '0', 'c'),
  ];
  assert.deepEqual(findCounterBreaches(entries, 2, asked), []);
});

test('a counter that went back lets too many calls through, and shows', () => {
  const entries = [call('1A', 'a'), call('2A', 'a'), call('3A', 'a')];
  assert.match(findCounterBreaches(entries, 2, asked).join(), /3A is number 3 of a counter that ends at 2/);
  // Also when no client heard of it.
  assert.equal(findCounterBreaches(entries, 2, () => undefined).length, 1);
});

test('a refusal while every counter has room shows, be it that a counter ran ahead or that another field was full', () => {
  const early = [call('1A', 'a'), refused('2A')];
  assert.match(findCounterBreaches(early, 2, asked).join(), /2A was refused/);
  const elsewhere = [call('1AB', 'a', 'b'), call('2AC', 'a', 'c'), refused('3BA')];
  assert.match(findCounterBreaches(elsewhere, 2, asked).join(), /3BA was refused/);
});

test('a call that counts in fewer counters than it has limited fields shows', () => {
  assert.match(findCounterBreaches([call('1ABC', 'a')], 2, asked).join(), /counted in 1 counters, not in 3/);
});
