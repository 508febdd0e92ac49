// Windows of attempts, where they are full.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS, makeClock } from '../../../test/support/people.ts';
import { fails } from '../../../test/support/people-calls.ts';
import { createThrottle } from './throttle.ts';

const LIMITS = { 'code.caller': 5, 'code.person': 5, 'code.day': 5 };

test('who tries many persons in a day fills the short windows and shuts nobody out for the day', () => {
  const clock = makeClock();
  const throttle = createThrottle({ clock, limits: LIMITS, windowMs: 15 * MINUTE_MS, windowsMax: 4 });
  for (let round = 0; round < 10; round += 1) {
    for (const half of [0, 1]) throttle.take('code', `192.0.2.${half}`, `${round}-${half}`);
    assert.throws(() => throttle.take('code', '192.0.2.3', 'ann'), fails('too_many_requests'));
    clock.advance(15 * MINUTE_MS);
  }
  throttle.take('code', '192.0.2.3', 'ann');
});
