import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../test/support/property-runs.ts';
import { createAddressJudge, SPECIAL_IPV4, SPECIAL_IPV6 } from './special-ranges.ts';

const judge = createAddressJudge([]);

/** First and last address of each range of the registries, and of what is no global address at all. */
const EDGES = [
  ...['0.0.0.0', '0.255.255.255', '10.0.0.0', '10.255.255.255', '100.64.0.0', '100.127.255.255'],
  ...['127.0.0.1', '127.255.255.255', '168.63.129.16', '169.254.0.0', '169.254.169.254', '169.254.255.255'],
  ...['172.16.0.0', '172.31.255.255', '192.0.0.0', '192.0.0.192', '192.0.0.255', '192.0.2.0', '192.0.2.255'],
  ...['192.88.99.1', '192.168.0.0', '192.168.255.255', '198.18.0.0', '198.19.255.255', '198.51.100.7'],
  ...['203.0.113.255', '224.0.0.0', '239.255.255.255', '240.0.0.0', '255.255.255.255', '100.100.100.200'],
  ...['::', '::1', '::ffff:8.8.8.8', '::ffff:127.0.0.1', '::ffff:7f00:1', '::8.8.8.8', '64:ff9b::808:808'],
  ...[
    '64:ff9b:1::a00:1',
    '64:ff9b:1:ffff:ffff:ffff:ffff:ffff',
    '100::1',
    '100:0:0:1::1',
    '2001::1',
    '2001:2::1',
  ],
  ...[
    '2001:10::1',
    '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::',
  ],
  ...['3fff::1', '3fff:fff:ffff::1', '3ffe::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fdff::1', 'fe80::1'],
  ...['febf::1', 'fec0::1', 'ff02::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '4000::1', '1fff::1'],
];

test('each special range is refused from its first address to its last', () => {
  for (const address of EDGES) assert.equal(judge(address), 'special', address);
});

test('the addresses beside the special ranges are public', () => {
  for (const address of [
    ...[
      '1.1.1.1',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.255.255.255',
      '128.0.0.0',
    ],
    ...['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0'],
    ...['198.17.255.255', '198.20.0.0', '223.255.255.255', '2001:200::1', '2001:db7::1', '2001:db9::1'],
    ...['2003::1', '2400:3200::1', '2606:4700::1111', '2a00:1450::1', '3ffd::1'],
  ])
    assert.equal(judge(address), 'public', address);
});

test('what is no address is never public', () => {
  for (const text of [
    '',
    'localhost',
    '127.1',
    '0x7f.1',
    '2130706433',
    '1.1.1.1%eth0',
    'fe80::1%1',
    '2a00::1%eth0',
    '[::1]',
  ])
    assert.equal(judge(text), 'special', text);
});

function toBits(address: string): bigint {
  return address.split('.').reduce((bits, part) => bits * 256n + BigInt(part), 0n);
}

test('an IPv4 address is public exactly when no range holds it', () => {
  const ranges = SPECIAL_IPV4.map((network) => {
    const [start = '', bits = ''] = network.split('/');
    return { start: toBits(start), end: toBits(start) + 2n ** (32n - BigInt(bits)) };
  });
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const bits = toBits(address);
      const isSpecial = ranges.some(({ start, end }) => bits >= start && bits < end);
      assert.equal(judge(address), isSpecial ? 'special' : 'public');
    }),
    propertyRuns(2000),
  );
});

test('any address inside a special IPv4 range is refused, and so is each IPv6 form that carries it', () => {
  const inside = fc
    .tuple(fc.constantFrom(...SPECIAL_IPV4), fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }))
    .map(([network, chance]) => {
      const [start = '', bits = ''] = network.split('/');
      const value = toBits(start) + (chance % 2n ** (32n - BigInt(bits)));
      return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
    });
  fc.assert(
    fc.property(inside, (address) => {
      assert.equal(judge(address), 'special');
      for (const prefix of ['::ffff:', '::', '64:ff9b::', '64:ff9b:1::', '::ffff:0:'])
        assert.equal(judge(`${prefix}${address}`), 'special');
    }),
  );
});

test('no IPv6 address outside 2000::/3 is public, however it is written', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      // As the URL parser writes it: shortest form.
      const first = Number.parseInt(
        new URL(`http://[${address}]/`).hostname.slice(1).split(':')[0] || '0',
        16,
      );
      if (first < 0x2000 || first > 0x3fff) assert.equal(judge(address), 'special');
    }),
    propertyRuns(2000),
  );
  assert.equal(SPECIAL_IPV6.length, 6);
});

test('a permitted network is told apart, one address wide or a block, and opens nothing beside it', () => {
  const permits = createAddressJudge(['10.1.0.0/16', '127.0.0.1', 'fd00::/8']);
  assert.equal(permits('10.1.255.255'), 'permitted');
  assert.equal(permits('10.2.0.0'), 'special');
  assert.equal(permits('127.0.0.1'), 'permitted');
  assert.equal(permits('127.0.0.2'), 'special');
  assert.equal(permits('fd12::1'), 'permitted');
  assert.equal(permits('fe80::1'), 'special');
  assert.equal(permits('1.1.1.1'), 'public');
});

test('a permitted network that is none is refused when the transport is made', () => {
  for (const network of [
    'localhost',
    '10.0.0.0/33',
    '10.0.0/8',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '',
    'fe80::1%1',
  ])
    assert.throws(() => createAddressJudge([network]), /neither an address nor a network/, network);
});
