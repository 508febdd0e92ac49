// A people file of its own for a test, with a clock that the test sets.

import { join } from 'node:path';
import { type EmailAddress, parseEmailAddress } from '../../src/domain/email-address.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { PeopleStore } from '../../src/ports/people.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import { openPeople } from '../../src/storage/sqlite/people/open-people.ts';
import { NOW_MS } from './accounts.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

interface TestContext {
  after(end: () => void): void;
}

export interface SettableClock extends Clock {
  advance(byMs: number): void;
}

export function makeClock(): SettableClock {
  let nowMs = NOW_MS;
  return {
    nowMs: () => nowMs,
    sleep: async () => {},
    advance(byMs) {
      nowMs += byMs;
    },
  };
}

export const MINUTE_MS = 60_000;
export const SESSION_IDLE_MS = 30 * MINUTE_MS;

export function makePeopleFile(test: TestContext): string {
  return join(makeTemporaryDirectory(test), 'people.db');
}

export function openPeopleStore(test: TestContext, path: string, codesMax = 100): PeopleStore {
  const store = openPeople({
    path,
    sealKey: Buffer.alloc(32, 1),
    lookupKey: Buffer.alloc(32, 2),
    random: systemRandom,
    sessions: { idleMs: SESSION_IDLE_MS, perPersonMax: 3 },
    codesMax,
  });
  test.after(() => store.close());
  return store;
}

export function emailOf(text: string): EmailAddress {
  const email = parseEmailAddress(text);
  if (email === undefined) throw new Error(`${text} is no address`);
  return email;
}
