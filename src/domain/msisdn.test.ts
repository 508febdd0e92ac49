import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { isNumberRegion, type Msisdn, maskMsisdn, msisdnToInteger, parseMsisdn } from './msisdn.ts';

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
const mainlandMobile = fc
  .tuple(fc.constantFrom(...'3456789'), digits(9, 9))
  .map(([a, rest]) => `1${a}${rest}`);
const region = fc.constantFrom('CN', 'US', 'GB', 'DE', 'IT', 'RU', 'SG', 'HK', 'BR', 'AR', 'MX', 'JP', 'IN');
const anyNumber = fc
  .tuple(fc.constantFrom('', '+', '00', '+86', '0086', '0'), digits(1, 14))
  .map((p) => p.join(''));

test('a mainland mobile is one number however it is written', () => {
  fc.assert(
    fc.property(mainlandMobile, (national) => {
      const expected = `+86${national}`;
      assert.equal(parseMsisdn(national, 'CN'), expected);
      for (const prefix of ['+86', '0086']) {
        assert.equal(parseMsisdn(prefix + national, 'CN'), expected);
        assert.equal(parseMsisdn(prefix + national, 'US'), expected);
      }
    }),
  );
});

test('a country code without + or 00 is not accepted', () => {
  assert.equal(parseMsisdn('8613800138000', 'CN'), undefined);
  assert.equal(parseMsisdn('79161234567', 'RU'), undefined);
});

test('national numbers follow the default region, trunk prefix or not', () => {
  assert.equal(parseMsisdn('2125551234', 'US'), '+12125551234');
  assert.equal(parseMsisdn('12125551234', 'US'), '+12125551234');
  assert.equal(parseMsisdn('07400123456', 'GB'), '+447400123456');
  assert.equal(parseMsisdn('0661234567', 'IT'), '+390661234567');
  assert.equal(parseMsisdn('91234567', 'SG'), '+6591234567');
  assert.equal(parseMsisdn('91234567', 'XX'), undefined);
});

test('a number written with its country code is the same in every region', () => {
  fc.assert(
    fc.property(anyNumber, region, region, (text, a, b) => {
      const full = `+${text.replace(/\D/g, '')}`;
      assert.equal(parseMsisdn(full, a), parseMsisdn(full, b));
    }),
  );
});

test('the normal form is E.164 and parses to itself', () => {
  fc.assert(
    fc.property(anyNumber, region, (text, from) => {
      const msisdn = parseMsisdn(text, from);
      if (msisdn === undefined) return;
      assert.match(msisdn, /^\+[1-9]\d{4,14}$/);
      assert.equal(parseMsisdn(msisdn, from), msisdn);
      assert.equal(`+${msisdnToInteger(msisdn)}`, msisdn);
      assert.ok(Number.isSafeInteger(msisdnToInteger(msisdn)));
    }),
    propertyRuns(500),
  );
});

test('what is too short, too long or not ASCII digits is malformed', () => {
  const malformed = [
    '',
    '+',
    '00',
    '123',
    '1380013800',
    '138001380001',
    '12345678901',
    '+861380013800',
    `1380013800${'0'.repeat(30)}`,
    '138-0013-8000',
    '138 0013 8000',
    ' 13800138000',
    '13800138000\n',
    '１３８００１３８０００',
    '+86013800138000',
    '++8613800138000',
    '+8613800138000;ext=1',
    'tel:+8613800138000',
    '+999123456789',
    '0'.repeat(32),
  ];
  for (const text of malformed) assert.equal(parseMsisdn(text, 'CN'), undefined, JSON.stringify(text));
});

test('no text makes parsing throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, anyRegion) => {
      parseMsisdn(text, anyRegion);
    }),
  );
});

test('a masked number shows its country and hides at least four digits', () => {
  assert.equal(maskMsisdn('+8613800138000' as Msisdn), '+86138****8000');
  fc.assert(
    fc.property(anyNumber, region, (text, from) => {
      const msisdn = parseMsisdn(text, from);
      if (msisdn === undefined) return;
      const masked = maskMsisdn(msisdn);
      assert.equal(masked.length, msisdn.length);
      assert.match(masked, /^\+\d+\*{4,}\d*$/);
      for (let i = 0; i < masked.length; i += 1) assert.ok(masked[i] === '*' || masked[i] === msisdn[i]);
    }),
  );
});

test('only known country codes are regions', () => {
  assert.ok(isNumberRegion('CN'));
  for (const code of ['cn', '', 'XX', '__proto__', 'constructor'])
    assert.equal(isNumberRegion(code), false, code);
});
