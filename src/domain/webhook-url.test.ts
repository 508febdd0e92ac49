import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWebhookUrl } from './webhook-url.ts';

test('a URL over HTTP without credentials may be a webhook', () => {
  assert.equal(isWebhookUrl('https://hook.example/a?b=c'), true);
  assert.equal(isWebhookUrl('http://hook.example/'), true);
});

test('nothing else is one', () => {
  for (const text of [
    ...[
      '',
      'hook.example',
      '/a',
      'ftp://hook.example/',
      'https://',
      'https://u@hook.example/',
      'https://u:p@hook.example/',
    ],
    ...[
      'javascript:alert(1)',
      'https://hook.example/ a',
      'https://hook.example/\n',
      ' https://hook.example/',
    ],
    `https://hook.example/${'a'.repeat(2000)}`,
  ])
    assert.equal(isWebhookUrl(text), false, text);
});
