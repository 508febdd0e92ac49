// One-time codes and a person's settings in the console: a code that a program sent is read in the outbox and seen verified, a
// template is written with its preview, secrets are seen once.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { CONSOLE_PASSWORD } from '../support/console-people.ts';
import { type ConsoleScene, openConsoleScene, turnTo } from '../support/console-scene.ts';
import { totpNow } from '../support/secured-person.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const TO = '+8618766554400';
const SCRIPT = '<img src=x onerror="alert(1)"><script>alert(1)</script>';

let scene: ConsoleScene;
after(() => scene?.close());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  scene = await openConsoleScene(data);
});

const open = (path: string) => scene.goOn({ name: path, path, as: 'person' });
const shown = async (page: Page, label: string) =>
  (await page.locator(`[data-copyable="${label}"]`).textContent())?.trim() ?? '';

/** As a program calls, with a key that the person on the page makes. */
async function createProgram(page: Page) {
  const token = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/credentials', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'program' }),
    });
    return ((await answer.json()) as { token: string }).token;
  });
  return async (path: string, body: object) => {
    const answer = await fetch(`${scene.server.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };
}

test('a code that a program sent is read in the outbox, and its verification is seen', async () => {
  // From a page that holds no list: one that was just read would be asked again only after ten seconds.
  const { page, complaints } = await open('/codes/settings');
  const call = await createProgram(page);
  const { status, json } = await call('/verifications', { to: TO, purpose: 'walk', language: 'en' });
  assert.equal(status, 201);

  await page.getByRole('link', { name: 'Outbox' }).click();
  const message = page.locator('.message', { hasText: TO });
  await message.waitFor();
  const code = /\d{6}/.exec((await message.locator('.bubble').textContent()) ?? '')?.[0];
  assert.equal((await call(`/verifications/${json.id}/check`, { code })).status, 200);

  await page.getByRole('link', { name: 'Sent' }).click();
  const row = page.getByRole('row', { name: /walk/ });
  await row.getByText('verified').waitFor();
  await row.getByRole('button', { name: /^Details/ }).click();
  await page.getByRole('dialog').getByText('The person entered the right code.').waitFor();
  assert.ok(page.url().includes(`id=${json.id}`), 'the detail has an address');
  assert.ok(!(await page.content()).includes(TO), 'a number is masked in the list and its detail');

  assert.equal((await call('/verifications', { to: TO, purpose: 'walk' })).status < 500, true);
  await turnTo(page, '/codes/guards');
  await page.getByText('country not allowed').first().waitFor();
  assert.deepEqual(complaints, []);
});

test('a template is written with its preview and deleted after a question; a script in it stays a text', async () => {
  const { page, complaints } = await open('/codes/templates');
  await page.getByRole('button', { name: 'New template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('evil');
  await dialog.getByLabel('Text', { exact: true }).fill(`${SCRIPT} {code}`);
  await dialog.locator('.bubble', { hasText: SCRIPT }).waitFor();
  await dialog.getByText(/^GSM 7-bit alphabet/).waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row', { name: /^evil/ });
  await row.getByText(SCRIPT).waitFor();
  await row.getByRole('button', { name: /^Edit/ }).click();
  await page.getByRole('dialog').getByLabel('Text', { exact: true }).fill('验证码 {code}');
  await page
    .getByRole('dialog')
    .getByText(/^UCS-2/)
    .waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await row.getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('dialog', { name: 'Delete evil?' }).getByRole('button', { name: 'Delete' }).click();
  await row.waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
});

test('the secret of the webhook, a platform token and recovery codes are seen once', async () => {
  const { page, complaints } = await open('/codes/settings');
  await page.getByRole('button', { name: 'New secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
  const secret = await shown(page, 'Signing secret');
  assert.ok(secret.length > 20);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('dialog', { name: /^Signing secret/ }).waitFor({ state: 'detached' });
  assert.ok(!(await page.content()).includes(secret));

  await turnTo(page, '/settings');
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(SCRIPT);
  await page.getByRole('dialog').getByRole('button', { name: 'New token' }).click();
  assert.match(await shown(page, 'Token'), /^platform-v1-/);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('cell', { name: SCRIPT, exact: true }).waitFor();

  await page.getByRole('button', { name: 'Set up an authenticator' }).click();
  await page.getByRole('dialog').getByLabel('Current password').fill(CONSOLE_PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Next' }).click();
  const totpSecret = await shown(page, 'Secret');
  await page.getByLabel('Digits of the authenticator').fill(totpNow(totpSecret));
  await page.getByRole('button', { name: 'Switch on' }).click();
  const [recoveryCode = ''] = (await shown(page, 'Recovery codes')).split(' ');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Remove the authenticator' }).click();
  await page.getByRole('dialog').getByLabel('Current password').fill(CONSOLE_PASSWORD);
  await page
    .getByRole('dialog')
    .getByLabel(/recovery code$/)
    .fill(recoveryCode);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the authenticator' }).click();
  await page.getByRole('button', { name: 'Set up an authenticator' }).waitFor();
  assert.deepEqual(complaints, []);
});

test('on a phone no list about codes scrolls sideways: what stands in columns elsewhere stands in lines', async () => {
  const phone = { viewport: { width: 390, height: 844 } };
  for (const path of ['/codes', '/codes/templates', '/codes/guards']) {
    const { page } = await scene.goOn({ name: path, path, as: 'person' }, phone);
    await page.locator('.ant-table-row').first().waitFor();
    const cut = await page.evaluate(`[...document.querySelectorAll('.ant-card *, main')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .filter((part) => getComputedStyle(part).overflowX !== 'visible').length`);
    assert.equal(cut, 0, path);
  }
});
