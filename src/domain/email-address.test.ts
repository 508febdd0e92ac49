import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseEmailAddress } from './email-address.ts';

test('an address is kept as it was given', () => {
  for (const text of [
    'a@example.org',
    'First.Last+tag@Example.ORG',
    '用户@例子.中国',
    "o'neil@xn--fiqs8s.cn",
  ])
    assert.equal(parseEmailAddress(text)?.text, text);
});

test('spellings of one mailbox have one key, other mailboxes another', () => {
  const key = (text: string) => parseEmailAddress(text)?.key;
  assert.equal(key('Ann@Example.org'), key('ann@example.ORG'));
  assert.equal(key('a@münchen.de'), key('a@XN--MNCHEN-3YA.de'));
  assert.equal(key('jose\u0301@example.org'), key('josé@example.org'));
  assert.notEqual(key('a.b@example.org'), key('ab@example.org'));
  // A dotless i is another letter, although it becomes the same capital.
  assert.notEqual(key('mıke@example.org'), key('mike@example.org'));
});

test('what is not one plain address is refused', () => {
  const refused = [
    ...['', '@', 'a', 'a@', '@example.org', 'a@b@example.org', 'a@example', 'a@127.0.0.1', 'a@[127.0.0.1]'],
    ...['.a@example.org', 'a.@example.org', 'a..b@example.org', '"a b"@example.org', 'a b@example.org'],
    ...['a@example.org\r\nBcc: b@example.org', 'a@example.org\0', 'a\t@example.org', ' a@example.org'],
    ...['a@example.org,b@example.org', 'a@example.org;b', 'A <a@example.org>', 'a@exa_mple.org', 'a@-x.org'],
    ...['a@x..org', 'a@example.org.', 'a@example.org/x', 'a@example.org:25', 'a@1.2', 'a\u202e@example.org'],
    ...[`${'a'.repeat(65)}@example.org`, `a@${'b'.repeat(64)}.org`, `a@${'b.'.repeat(130)}org`],
  ];
  for (const text of refused) assert.equal(parseEmailAddress(text), undefined, JSON.stringify(text));
});

test('no accepted address can end a header line or name a second recipient', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      for (const candidate of [text, `${text}@example.org`, `a@${text}.org`]) {
        const address = parseEmailAddress(candidate);
        if (address !== undefined) assert.doesNotMatch(address.text, /[\p{C}\p{Z}<>,;:"()[\]\\]/u);
      }
    }),
  );
});
