import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskContact, parseEmailContact, parsePhoneContact } from './contact.ts';

const mainland = fc.stringMatching(/^1[3-9]\d{9}$/);
const phone = (text: string, region = 'CN') => parsePhoneContact(text, region);
const email = (text: string) => parseEmailContact(text);

test('every spelling of a mainland mobile number is one contact', () => {
  fc.assert(
    fc.property(mainland, (national) => {
      const spellings = [national, `+86${national}`, `0086${national}`];
      for (const text of spellings) assert.deepEqual(phone(text), phone(national), text);
      // From elsewhere it needs its country code.
      assert.deepEqual(phone(`+86${national}`, 'US'), phone(national));
    }),
  );
});

test('spellings of a number of any country are one contact', () => {
  const spellings: readonly [string, readonly [string, string][]][] = [
    [
      '+447400123456',
      [
        ['07400123456', 'GB'],
        ['7400123456', 'GB'],
        ['+447400123456', 'CN'],
        ['00447400123456', 'US'],
      ],
    ],
    [
      '+12025550123',
      [
        ['2025550123', 'US'],
        ['12025550123', 'US'],
        ['+12025550123', 'CN'],
      ],
    ],
    [
      '+33612345678',
      [
        ['0612345678', 'FR'],
        ['+33612345678', 'FR'],
        ['0033612345678', 'DE'],
      ],
    ],
    [
      '+393123456789',
      [
        ['3123456789', 'IT'],
        ['+393123456789', 'CN'],
      ],
    ],
  ];
  for (const [key, texts] of spellings)
    for (const [text, region] of texts) assert.equal(phone(text, region)?.key, key, `${text} in ${region}`);
});

test('two numbers are never one contact, and a number is its own spelling', () => {
  fc.assert(
    fc.property(mainland, mainland, (one, other) => {
      assert.equal(phone(one)?.key === phone(other)?.key, one === other);
      const key = phone(one)?.key ?? '';
      assert.deepEqual(phone(key), phone(one));
    }),
  );
});

test('mobile lines are reachable by a text message; fixed, premium-rate and shared-cost lines of no country are', () => {
  const reachable: readonly [string, string][] = [
    ...([
      ['+8613800138000', 'CN'],
      ['+447400123456', 'GB'],
      ['+33612345678', 'FR'],
    ] as [string, string][]),
    ...([
      ['+4915123456789', 'DE'],
      ['+85251234567', 'HK'],
      ['+919876543210', 'IN'],
    ] as [string, string][]),
    // There nobody can tell them apart.
    ['+12025550123', 'US'],
  ];
  for (const [text, country] of reachable)
    assert.deepEqual([phone(text)?.isReachable, phone(text)?.country], [true, country], text);
  const unreachable: Readonly<Record<string, readonly string[]>> = {
    fixed: [
      '+861012345678',
      '+442079460958',
      '+33142345678',
      '+493012345678',
      '+85221234567',
      '+390612345678',
    ],
    premium: [
      '+19002345678',
      '+449012345678',
      '+33899123456',
      '+499001234567',
      '+81990123456',
      '+448432345678',
    ],
    shared: ['+864001234567'],
    free: ['+18002345678'],
    forwarded: ['+447012345678'],
    ofNoCountry: ['+882161234567'],
  };
  for (const [why, numbers] of Object.entries(unreachable))
    for (const text of numbers) assert.equal(phone(text)?.isReachable, false, `${why} ${text}`);
  assert.equal(phone('+882161234567')?.country, '');
});

test('numbers are pumped under what stands before their last four digits', () => {
  fc.assert(
    fc.property(mainland, fc.stringMatching(/^\d{4}$/), (national, last) => {
      const neighbour = `${national.slice(0, -4)}${last}`;
      assert.equal(phone(neighbour)?.prefix, phone(national)?.prefix);
      assert.equal(phone(national)?.prefix, `+86${national.slice(0, -4)}`);
    }),
  );
});

const local = fc.stringMatching(/^[a-z][a-z0-9_-]{0,15}$/);
const tag = fc.stringMatching(/^[a-z0-9+]{0,10}$/);

test('an address in any mixture of cases is one contact; its mailbox is written to as it was given', () => {
  fc.assert(
    fc.property(local, fc.infiniteStream(fc.boolean()), (name, upper) => {
      const text = `${name}@example.org`;
      const mixed = [...text].map((letter) => (upper.next().value ? letter.toUpperCase() : letter)).join('');
      assert.equal(email(mixed)?.key, email(text)?.key);
      assert.equal(email(mixed)?.to, `${mixed.slice(0, mixed.indexOf('@'))}@example.org`);
    }),
  );
});

test('a domain is one in its own letters, in ASCII and in any case', () => {
  const keys = ['ann@münchen.example.de', 'ANN@MÜNCHEN.example.de', 'ann@xn--mnchen-3ya.example.de'].map(
    (text) => email(text),
  );
  assert.equal(new Set(keys.map((contact) => contact?.key)).size, 1);
  assert.equal(new Set(keys.map((contact) => contact?.prefix)).size, 1);
  assert.equal(email('ann@例子.中国')?.prefix, 'xn--fsqu00a.xn--fiqs8s');
  assert.equal(email('ann@ｅxample.org')?.key, 'ann@example.org');
});

test('whatever follows a plus, the mailbox is one, although the addresses are two', () => {
  fc.assert(
    fc.property(local, tag, (name, label) => {
      const [plain, tagged] = [email(`${name}@example.org`), email(`${name}+${label}@Example.org`)];
      assert.ok(plain !== undefined && tagged !== undefined);
      assert.equal(tagged.mailbox, plain.mailbox);
      assert.notEqual(tagged.key, plain.key);
      assert.equal(tagged.prefix, 'example.org');
    }),
  );
});

test('mailboxes of different names or domains stay different', () => {
  fc.assert(
    fc.property(local, local, (one, other) => {
      fc.pre(one !== other);
      assert.notEqual(email(`${one}@example.org`)?.mailbox, email(`${other}@example.org`)?.mailbox);
    }),
  );
  assert.notEqual(email('ann@example.org')?.mailbox, email('ann@example.com')?.mailbox);
  assert.equal(
    email('+ann@example.org')?.mailbox,
    '+ann@example.org',
    'a name that begins with a plus is whole',
  );
});

test('the key of a contact is a spelling of it', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (text) => {
      const contact = email(text);
      if (contact === undefined) return;
      assert.equal(email(contact.key)?.key, contact.key);
    }),
  );
});

test('a number is one contact in groups, in brackets and in wide digits', () => {
  for (const text of [
    '138 0013 8000',
    '138-0013-8000',
    '0086 138 0013 8000',
    '+86 (138) 0013.8000',
    '１３８００１３８０００',
  ])
    assert.equal(phone(text)?.key, '+8613800138000', text);
});

test('where dots mean nothing to the provider they are no way around a limit', () => {
  const mailboxes = ['a.n.n@gmail.com', 'ann+shop@googlemail.com', 'ANN@gmail.com'].map(
    (text) => email(text)?.mailbox,
  );
  assert.deepEqual(new Set(mailboxes), new Set(['ann@gmail.com']));
  assert.notEqual(
    email('a.n.n@gmail.com')?.key,
    email('ann@gmail.com')?.key,
    'what is verified is the address',
  );
});

test('a letter that only looks like another leads to the mailbox that was meant', () => {
  assert.equal(email('\u212Aate@example.org')?.to, 'Kate@example.org');
});

test('what is neither a number nor an address is no contact', () => {
  for (const text of [
    '',
    '1',
    '12345',
    'ann@example.org',
    '+86',
    '1380013800',
    '+86138001380000',
    '138x0013x8000',
  ])
    assert.equal(phone(text), undefined, text);
  for (const text of ['', 'ann', '13800138000', 'ann@', '@example.org', 'ann@example', 'a@b@example.org'])
    assert.equal(email(text), undefined, text);
});

test('a masked contact does not say who it is', () => {
  fc.assert(
    fc.property(mainland, local, (national, name) => {
      const masked = maskContact('phone', `+86${national}`);
      assert.ok(!masked.includes(national) && masked.replace(/[^*]/g, '').length >= 4, masked);
      fc.pre(name.length > 1);
      assert.equal(maskContact('email', `${name}@example.org`), `${name[0]}***@example.org`);
    }),
  );
});

test('of a mailbox whose name is short no more than its first letter is shown, and of a single letter nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9_-]{1,3}$/), (name) => {
      const shown = name.length === 1 ? '' : name[0];
      assert.equal(maskContact('email', `${name}@x.io`), `${shown}***@x.io`);
    }),
  );
  // One letter, however many code points it is written with.
  for (const name of ['\u00e9', 'e\u0301', '\u{20000}'])
    assert.equal(maskContact('email', `${name}@x.io`), '***@x.io', name);
  assert.equal(maskContact('email', 'e\u0301a@x.io'), 'e\u0301***@x.io');
});
