// The signature doctor in a real Chromium: why a client's signature fails, as its author finds out; and how a pasted request is read.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { readPasted, splitWords } from '../../console/src/pages/doctor/pasted-request.ts';
import { signTc3 } from '../../src/codecs/tc3.ts';
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
  const { page, complaints } = await scene.show({ name: 'doctor', path: '/doctor', as: 'person' });
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

test('a right signature is called right, and a key of somebody else says nothing about that key', async () => {
  const { page, complaints } = await scene.show({ name: 'doctor', path: '/doctor', as: 'person' });
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
  const { page, complaints } = await scene.show({ name: 'doctor', path: '/doctor', as: 'person' });
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
