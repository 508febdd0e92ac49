import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPlaces } from './places.ts';

test('what was put is at its place until it is taken, whatever else comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), (steps) => {
      const places = createPlaces<{ readonly step: number }>();
      const held: { readonly place: number; readonly thing: { readonly step: number } }[] = [];
      for (const [step, choice] of steps.entries()) {
        const [ended] = choice < 5 ? held.splice(choice, 1) : [];
        if (ended !== undefined) {
          assert.equal(places.take(ended.place), ended.thing);
          assert.equal(places.at(ended.place), undefined);
          assert.equal(places.take(ended.place), undefined);
        } else {
          const thing = { step };
          held.push({ place: places.put(thing), thing });
        }
        for (const { place, thing } of held) assert.equal(places.at(place), thing);
        assert.equal(places.size, held.length);
        assert.deepEqual(new Set(places.all()), new Set(held.map(({ thing }) => thing)));
      }
    }),
  );
});

test('there are never more places than things were in hand at once', () => {
  const places = createPlaces<object>();
  for (let round = 0; round < 100; round += 1) {
    const taken = [places.put({}), places.put({})];
    assert.ok(taken.every((place) => place < 2));
    for (const place of taken) places.take(place);
  }
});
