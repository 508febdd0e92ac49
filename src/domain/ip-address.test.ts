import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf, parseIpAddress } from './ip-address.ts';

test('an address has one spelling, and what is no address is none', () => {
  const spellings = {
    '192.0.2.7': '192.0.2.7',
    '::ffff:192.0.2.7': '192.0.2.7',
    '2001:DB8:0:0:0:0:0:1': '2001:db8::1',
    '2001:db8::1': '2001:db8::1',
    '::': '::',
  };
  for (const [text, address] of Object.entries(spellings)) assert.equal(parseIpAddress(text), address, text);
  for (const text of [
    '',
    '192.0.2',
    '192.0.2.256',
    '01.2.3.4',
    '1.2.3.4.',
    '1.2.3.4:80',
    'localhost',
    '[::1]',
  ])
    assert.equal(parseIpAddress(text), undefined, text);
  for (const text of ['2001:db8::1/64', 'fe80::1%eth0', ':::', '1:2:3:4:5:6:7:8:9', '2001:db8::g'])
    assert.equal(parseIpAddress(text), undefined, text);
});

test('all addresses of one IPv6 network count as one, of IPv4 each by itself', () => {
  assert.equal(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:2:ffff:ffff:ffff:ffff'));
  assert.notEqual(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'));
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0');
  assert.equal(networkOf('::1'), '0:0:0:0');
  assert.notEqual(networkOf('192.0.2.7'), networkOf('192.0.2.8'));
  assert.equal(networkOf('nobody'), 'nobody');
});
