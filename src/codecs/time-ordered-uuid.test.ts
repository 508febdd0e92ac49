import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { timeOrderedUuid } from './time-ordered-uuid.ts';

test('the example of RFC 9562 appendix A.6', () => {
  const chance = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
  assert.equal(
    timeOrderedUuid(0x017f22e279b0, () => chance),
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
  );
});

test('later ones sort after earlier ones, and no two are the same', () => {
  const TIME = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  fc.assert(
    fc.property(TIME, TIME, (one, other) => {
      const [a, b] = [one, other].map((timeMs) => timeOrderedUuid(timeMs, randomBytes));
      assert.match(a ?? '', /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      assert.notEqual(a, b);
      if (one !== other) assert.equal((a ?? '') < (b ?? ''), one < other);
    }),
  );
});
