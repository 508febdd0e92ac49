// The signature doctor in a real Chromium: why a client's signature fails, as its author finds out; and how a pasted request is read.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { readPasted, splitWords } from '../../console/src/pages/doctor/pasted-request.ts';
import { signTc3, type Tc3Subject } from '../../src/codecs/tc3.ts';
import { signV1 } from '../../src/codecs/tencent-v1.ts';
import { type ConsoleScene, openConsoleScene } from '../support/console-scene.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const BODY = '{"Mobile":"13800138000"}';
const SCRIPT = `<img src=x onerror=document.title='taken'>`;

let scene: ConsoleScene;
after(() => scene?.close());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  scene = await openConsoleScene(data);
});

interface Issued {
  readonly secret_id: string;
  readonly secret_key: string;
}

const issueKey = (page: Page) =>
  page.evaluate(`fetch('/api/v1/credentials', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Mine', sandbox: true }),
  }).then((response) => response.json())`) as Promise<Issued>;

/** Headers of a call whose signer believed in another host. */
function signFor(
  host: string,
  { secret_id: secretId, secret_key: secretKey }: Issued,
): Record<string, string> {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const authorization = signTc3({
    ...{ secretId, secretKey, host, query: '', method: 'POST' },
    ...{ contentType: 'application/json', payload: Buffer.from(BODY), timestampSeconds, service: 'faceid' },
  });
  return {
    ...{ Authorization: authorization, 'Content-Type': 'application/json' },
    ...{ 'X-TC-Action': 'MobileStatus', 'X-TC-Version': '2018-03-01' },
    ...{ 'X-TC-Timestamp': String(timestampSeconds) },
  };
}

test('a signature over the host of the vendor is explained: from the paste, from a curl command, from the recent failures', async () => {
  const { page, complaints } = await scene.goOn({ name: 'doctor', path: '/doctor', as: 'person' });
  const key = await issueKey(page);
  const { host, port, url } = scene.server;
  const headers = signFor('faceid.tencentcloudapi.com', key);
  await fetch(url, { method: 'POST', headers, body: BODY });
  const received: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/api/')) received.push(await response.text());
  });

  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const box = page.getByRole('textbox', { name: 'Request' });
  const wrongHost = page.locator('[data-step="host"][data-verdict="wrong"]');
  await box.fill([`POST / HTTP/1.1`, `Host: ${host}:${port}`, ...lines, '', BODY].join('\n'));
  await page.getByRole('button', { name: 'Examine' }).click();
  await wrongHost.waitFor();
  await page.getByText('The signature does not fit', { exact: true }).waitFor();

  await box.fill(`curl -sS ${url}/ \\\n ${lines.map((line) => `-H '${line}'`).join(' \\\n ')} -d '${BODY}'`);
  await page.getByRole('button', { name: 'Examine' }).click();
  await page.getByText('The signature does not fit', { exact: true }).waitFor();
  await wrongHost.waitFor();

  await box.fill('Dear doctor');
  await page.getByRole('button', { name: 'Examine' }).click();
  await page.getByText('This is neither an HTTP request').waitFor();
  await wrongHost.waitFor({ state: 'detached' });

  const verdicts = page.getByRole('button', { name: /^Verdict/ });
  const shownBefore = await verdicts.count();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await verdicts.nth(shownBefore).waitFor();
  await verdicts.first().click();
  await page.getByRole('dialog').locator('[data-step="host"][data-verdict="wrong"]').waitFor();
  assert.ok(!((await page.getByRole('dialog').textContent()) ?? '').includes('13800138000'));

  const right = signFor(`${host}:${port}`, key).Authorization?.slice(-64) ?? 'none';
  for (const text of received) {
    assert.ok(!text.includes(key.secret_key) && !text.includes(right), 'nothing that signs is answered');
    assert.doesNotMatch(text, /Signature=/);
  }
  assert.deepEqual(complaints, []);
});

interface Explained {
  readonly paste: string;
  readonly step: string;
  readonly finding: string;
  /** Headline and what is said of the step, in English and Chinese. */
  readonly headline: readonly [string, string];
  readonly words: readonly [RegExp, RegExp];
}

/** What people's clients do, each as it is pasted: with the line end that copying brings. */
function listMistakes({ secret_id: secretId, secret_key: secretKey }: Issued): readonly Explained[] {
  const host = `${scene.server.host}:${scene.server.port}`;
  const now = Math.floor(Date.now() / 1000);
  const paste = (signed: Partial<Tc3Subject>, body = BODY) => {
    const timestampSeconds = signed.timestampSeconds ?? now;
    const authorization = signTc3({
      ...{ secretId, secretKey, host, query: '', method: 'POST', service: 'faceid' },
      ...{ contentType: 'application/json', payload: Buffer.from(BODY), timestampSeconds, ...signed },
    });
    const lines = ['POST / HTTP/1.1', `Host: ${host}`, 'Content-Type: application/json'];
    lines.push('X-TC-Action: MobileStatus', 'X-TC-Version: 2018-03-01');
    return [
      ...lines,
      `X-TC-Timestamp: ${timestampSeconds}`,
      `Authorization: ${authorization}`,
      '',
      body,
      '',
    ].join('\n');
  };
  const form = signV1({
    ...{ secretId, secretKey, host, method: 'POST', signatureMethod: 'HmacSHA256' },
    parameters: {
      ...{ Action: 'MobileStatus', Version: '2018-03-01', Timestamp: String(now), Nonce: '7' },
      ...{ Mobile: '13800138000', Region: '' },
    },
  });
  const type = 'Content-Type: application/x-www-form-urlencoded';
  const differs = ['The signature does not fit', '签名不一致'] as const;
  return [
    {
      paste: paste({}),
      ...{
        step: 'payload',
        finding: 'payload_line_end_pasted',
        headline: ['The signature fits', '签名一致'],
      },
      words: [/only the paste has/, /换行仅由粘贴产生/],
    },
    {
      paste: paste({ timestampSeconds: now - 3600 }),
      ...{
        step: 'clock',
        finding: 'clock_skew',
        headline: ['Refused because of the clock', '因时钟偏差被拒绝'],
      },
      words: [/36\d\d s behind/, /慢 36\d\d 秒/],
    },
    {
      paste: ['POST / HTTP/1.1', `Host: ${host}`, type, '', form.replace('&Region=&', '&'), ''].join('\n'),
      ...{ step: 'region', finding: 'empty_region_unsent', headline: differs },
      words: [/signed an empty Region/, /签名了空的 Region/],
    },
    {
      paste: paste({ contentType: 'application/json; charset=utf-8' }),
      ...{ step: 'content_type', finding: 'content_type_other', headline: differs },
      words: [/charset=utf-8/, /charset=utf-8，与实际发送的不一致/],
    },
    {
      paste: paste({}, BODY.replace(':', ': ')),
      ...{ step: 'payload', finding: 'payload_rewritten', headline: differs },
      words: [/signed without spaces, sent with them/, /签名时无空格，发送时有空格/],
    },
  ];
}

test('clock, Region, charset and a body written again are explained, in English and Chinese', async () => {
  for (const [language, locale] of ['en-GB', 'zh-CN'].entries()) {
    const { page, complaints } = await scene.goOn(
      { name: 'doctor', path: '/doctor', as: 'person' },
      { locale },
    );
    const mistakes = listMistakes(await issueKey(page));
    for (const { paste, step, finding, headline, words } of mistakes) {
      await page.locator('textarea.pasted').fill(paste);
      await page.locator('button.ant-btn-primary').click();
      const found = page.locator(`[data-step="${step}"][data-finding="${finding}"]`);
      await found.waitFor();
      assert.match((await found.textContent()) ?? '', words[language] ?? /never/);
      const title = page.getByRole('status').locator('.ant-alert-title');
      assert.equal(await title.textContent(), headline[language]);
    }
    assert.deepEqual(complaints, []);
  }
});

test('a right signature is called right, and a key of somebody else says nothing about that key', async () => {
  const { page, complaints } = await scene.goOn({ name: 'doctor', path: '/doctor', as: 'person' });
  const key = await issueKey(page);
  const { host, port } = scene.server;
  const paste = async (headers: Record<string, string>) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    await page
      .getByRole('textbox', { name: 'Request' })
      .fill([`POST / HTTP/1.1`, `Host: ${host}:${port}`, ...lines, '', BODY].join('\n'));
    await page.getByRole('button', { name: 'Examine' }).click();
  };
  await paste(signFor(`${host}:${port}`, key));
  await page.getByText('The signature fits', { exact: true }).waitFor();
  await paste(signFor(`${host}:${port}`, { ...key, secret_id: 'AKIDnobodysKey00000000000000000000' }));
  await page.locator('[data-step="key"][data-verdict="wrong"]').waitFor();
  assert.equal(await page.locator('[data-step="secret"][data-verdict="ok"]').count(), 0);
  assert.deepEqual(complaints, []);
});

test('a script in a pasted request or in the headers of a stored failure is shown as text', async () => {
  const { page, complaints } = await scene.goOn({ name: 'doctor', path: '/doctor', as: 'person' });
  const key = await issueKey(page);
  const headers = { ...signFor('elsewhere', key), 'User-Agent': SCRIPT, 'X-TC-Region': SCRIPT };
  await fetch(`${scene.server.url}/?${new URLSearchParams({ [SCRIPT]: '1' })}`, {
    ...{ method: 'POST', headers, body: BODY },
  });
  await page
    .getByRole('textbox', { name: 'Request' })
    .fill(`POST /${encodeURI(SCRIPT)} HTTP/1.1\nHost: ${SCRIPT}\nX-TC-Region: ${SCRIPT}\n\n${SCRIPT}`);
  await page.getByRole('button', { name: 'Examine' }).click();
  await page.getByText('The signature does not fit', { exact: true }).waitFor();
  const verdicts = page.getByRole('button', { name: /^Verdict/ });
  const shownBefore = await verdicts.count();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await verdicts.nth(shownBefore).waitFor();
  await verdicts.first().click();
  await page.getByRole('dialog').waitFor();
  assert.equal(await page.locator('img[src=x]').count(), 0);
  assert.match(await page.title(), /Lineproof$/);
  assert.deepEqual(complaints, []);
});

test('a request is read as it was sent, from the wire or from a shell, whatever its body holds', () => {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const body = text.replaceAll('\r', '');
      const headers = [{ name: 'Content-Type', value: 'application/json' }];
      const expected = { method: 'POST', url: 'http://localhost/', headers, body };
      const wire = `POST http://localhost/ HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body}`;
      assert.deepEqual(readPasted(wire), expected);
      const curl = `curl -X POST -H 'Content-Type: application/json' \\\n --data-raw ${quote(body)} http://localhost/`;
      const length = { name: 'Content-Length', value: String(Buffer.byteLength(body)) };
      assert.deepEqual(readPasted(curl), { ...expected, headers: [...headers, length] });
    }),
    propertyRuns(300),
  );
  assert.deepEqual(splitWords(`curl "a \\"b\\" \\$c" d\\ e ''`), ['curl', 'a "b" $c', 'd e', '']);
  assert.equal(readPasted('DELETE / HTTP/1.1'), undefined);
  assert.equal(readPasted(''), undefined);
});
