import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createUrlJudge } from './judge-url.ts';

test('an address that is not public is refused in whatever spelling, and so are plain http and other services’ ports', () => {
  const mayLead = createUrlJudge([]);
  for (const host of ['127.0.0.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254'])
    assert.equal(mayLead(`https://${host}/hook`), false, host);
  for (const url of [
    'http://shop.example/',
    'https://shop.example:22/',
    'https://u:p@shop.example/',
    'ftp://shop.example/',
    'x',
  ])
    assert.equal(mayLead(url), false, url);
  for (const url of ['https://shop.example/hook', 'https://shop.example:8443/', 'https://93.184.216.34/'])
    assert.equal(mayLead(url), true, url);
});

test('in networks that the operator permits plain http and any port are allowed', () => {
  const mayLead = createUrlJudge(['10.0.0.0/8']);
  for (const url of ['http://10.1.2.3:80/', 'https://10.1.2.3:22/', 'http://inside.example/'])
    assert.equal(mayLead(url), true, url);
  assert.equal(mayLead('http://192.168.0.1/'), false);
});
