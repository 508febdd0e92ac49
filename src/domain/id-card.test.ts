import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idCardCheckCharacter, parseIdCard } from './id-card.ts';

const number = fc
  .tuple(
    fc.constantFrom('11', '31', '44', '54', '65', '71', '81', '91'),
    fc.integer({ min: 0, max: 9999 }),
    fc.date({ min: new Date('1800-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([province, area, born, order]) => {
    const date = born.toISOString().slice(0, 10).replaceAll('-', '');
    const digits = `${province}${String(area).padStart(4, '0')}${date}${String(order).padStart(3, '0')}`;
    return digits + idCardCheckCharacter(digits);
  });

const withCheck = (digits: string) => digits + idCardCheckCharacter(digits);

test("the standard's own examples are valid", () => {
  assert.equal(parseIdCard('11010519491231002X'), '11010519491231002X');
  assert.equal(parseIdCard('440524188001010014'), '440524188001010014');
  assert.equal(parseIdCard('340103202308176095'), '340103202308176095');
});

test('a small x is accepted and written as a capital', () => {
  assert.equal(parseIdCard('11010519491231002x'), '11010519491231002X');
});

test('every well-formed number is its own normal form', () => {
  fc.assert(fc.property(number, (text) => assert.equal(parseIdCard(text), text)));
});

test('any one wrong character and any two neighbours exchanged are found', () => {
  fc.assert(
    fc.property(number, fc.nat(17), fc.constantFrom(...'0123456789X'), (text, at, other) => {
      const altered = text.slice(0, at) + other + text.slice(at + 1);
      if (altered !== text) assert.equal(parseIdCard(altered), undefined);
    }),
  );
  fc.assert(
    fc.property(number, fc.nat(16), (text, at) => {
      const exchanged = text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
      if (exchanged !== text) assert.equal(parseIdCard(exchanged), undefined);
    }),
  );
});

test('a birth date that does not exist or lies before 1800 is refused in spite of a right check character', () => {
  for (const date of [
    '19490229',
    '19000229',
    '19491301',
    '19490001',
    '19490100',
    '19490431',
    '17991231',
    '00000101',
  ]) {
    assert.equal(parseIdCard(withCheck(`110105${date}002`)), undefined, date);
  }
  for (const date of ['20000229', '18000101', '19491231']) {
    assert.notEqual(parseIdCard(withCheck(`110105${date}002`)), undefined, date);
  }
});

test('a region that no province has is refused', () => {
  for (const province of ['00', '10', '16', '20', '29', '38', '47', '55', '66', '70', '84']) {
    assert.equal(parseIdCard(withCheck(`${province}010519491231002`)), undefined, province);
  }
});

test('anything that is not eighteen ASCII characters is refused without throwing', () => {
  for (const text of [
    '',
    '110105491231002',
    '11010519491231002X ',
    '１１０１０５１９４９１２３１００２Ｘ',
    '11010519491231002\n',
  ]) {
    assert.equal(parseIdCard(text), undefined, JSON.stringify(text));
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      parseIdCard(text);
    }),
  );
});
