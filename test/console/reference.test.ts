// Reference pages and number ranges in a real Chromium: every action of the table has its page, in both languages, for print too.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ConsoleScene, openConsoleScene, turnTo } from '../support/console-scene.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

let scene: ConsoleScene;
after(() => scene?.close());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  scene = await openConsoleScene(data);
});

interface Table {
  readonly actions: readonly {
    readonly protocol: string;
    readonly action: string;
    readonly title: { readonly zh: string };
    readonly fields: readonly { readonly name: string }[];
    readonly results: readonly { readonly description: { readonly zh: string } }[];
    readonly errors: readonly { readonly advice: { readonly zh: string } }[];
  }[];
}

test('every action of every protocol has a page, in Chinese too, with its fields, results and advice', async () => {
  const answer = await fetch(`${scene.server.url}/api/v1/explorer/actions`);
  const { actions } = (await answer.json()) as Table;
  const { page, complaints } = await scene.show(
    { name: 'reference', path: '/reference', as: 'nobody' },
    { locale: 'zh-CN' },
  );
  const links = await page.getByRole('main').getByRole('link').all();
  const named = await Promise.all(
    links.map(async (link) => [await link.innerText(), await link.getAttribute('href')]),
  );
  const addresses = Object.fromEntries(named);
  await page.getByRole('link', { name: actions[0]?.action ?? '', exact: true }).click();
  for (const { protocol, action, title, fields, results, errors } of actions) {
    const path = `/reference/${protocol}/${action}`;
    assert.equal(addresses[action], `/console${path}`);
    await turnTo(page, path);
    await page.getByRole('heading', { level: 1, name: action, exact: true }).waitFor();
    const text = await page.getByRole('main').innerText();
    const expected = [
      title.zh,
      ...fields.map(({ name }) => name),
      ...results.map(({ description }) => description.zh),
      ...errors.map(({ advice }) => advice.zh),
    ];
    for (const one of expected) assert.ok(text.includes(one), `${action}: ${one}`);
  }
  await page.goto(`${scene.server.url}/console/reference/tencent/Nothing`);
  await page.locator('.ant-result-title').waitFor();
  assert.deepEqual(complaints, []);
});

test('on paper a reference page is the page alone: no menu, no buttons, nothing cut off at the side', async () => {
  const { page, complaints } = await scene.show({
    ...{ name: 'reference-action', path: '/services/line-status', as: 'nobody' },
  });
  await page.getByRole('link', { name: 'Tells whether a mobile number is in service.' }).last().click();
  await page
    .getByRole('heading', { level: 1, name: 'MobileStatus' })
    .or(page.getByRole('heading', { name: 'check-1e' }))
    .waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('button', { name: 'Print' }).waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('navigation').isVisible(), false);
  assert.equal(await page.getByRole('button').filter({ visible: true }).count(), 0);
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  assert.deepEqual(complaints, []);
});

test('a service is read signed out: each call with its price, all of it at 1280 pixels, "Try" into the Explorer, code in any language', async () => {
  const { page, complaints } = await scene.goOn(
    { name: 'service-signed-out', path: '/services/identity-match', as: 'nobody' },
    { viewport: { width: 1280, height: 800 } },
  );
  const clipped = await page.evaluate(`[...document.querySelectorAll('main *')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible'
      && one.tagName !== 'PRE' && one.closest('.ant-select') === null).map((one) => one.className)`);
  assert.deepEqual(clipped, []);
  assert.equal(
    await page
      .getByRole('row')
      .filter({ hasText: /CN¥0\.\d0/ })
      .count(),
    7,
  );
  const code = async (label: string) => (await page.locator(`[data-code="${label}"]`).textContent()) ?? '';
  assert.match(await code('curl'), /\/identity\/phone\/check-2e'/);
  await page.getByRole('combobox', { name: 'For the call' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'PhoneVerification ·' }).click();
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'Python' }).click();
  assert.match(await code('Python'), /PhoneVerification/);
  await page.getByRole('button', { name: 'Try: PhoneVerificationCUCC' }).click();
  await page.getByRole('heading', { level: 2, name: 'PhoneVerificationCUCC' }).waitFor();
  assert.deepEqual(complaints, []);
});

test('supported ranges are found from the services, by a prefix or a whole number, which stays out of the address', async () => {
  const { page, complaints } = await scene.goOn({ name: 'services', path: '/services', as: 'nobody' });
  await page.getByRole('link', { name: 'Supported number ranges' }).click();
  await page.getByRole('heading', { level: 1, name: 'Supported number ranges' }).waitFor();
  const box = page.getByRole('searchbox');
  await box.fill('130 0013 8000');
  await page.getByRole('cell', { name: '+86130', exact: true }).waitFor();
  assert.equal(await page.getByRole('row').count(), 2);
  await box.fill('+999');
  await page.getByText('No range fits').waitFor();
  assert.equal(new URL(page.url()).search, '');
  assert.deepEqual(complaints, []);
});

test('a documented input of the sandbox is found, and tried in the Explorer by its name, with no number in the address', async () => {
  const { page, complaints } = await scene.goOn({ name: 'sandbox', path: '/sandbox', as: 'nobody' });
  await page.getByRole('searchbox').fill('suspended line_tenure');
  await page.getByText('Nothing found').waitFor();
  await page.getByRole('searchbox').fill('suspended');
  await page.getByText('16900000099').waitFor({ state: 'detached' });
  await page.getByRole('row', { name: '16900000001' }).getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'API Explorer' }).waitFor();
  assert.equal(await page.getByLabel('Mobile').inputValue(), '16900000001');
  assert.doesNotMatch(page.url(), /\d{8}/);
  assert.deepEqual(complaints, []);
});

test('the sandbox shows one kind of inputs, a page at a time, both kept in the address; on paper all of them', async () => {
  const { page, complaints } = await scene.goOn({
    ...{ name: 'sandbox', path: '/sandbox?action=SendPhoneEmailCode', as: 'nobody' },
  });
  const rows = page.locator('.ant-table-row');
  assert.ok((await rows.count()) <= 20);
  await page.getByRole('tab', { name: /^Errors/ }).click();
  assert.match(page.url(), /section=faults/);
  await page.getByTitle('Next Page').click();
  await page.waitForURL(/page=2/);
  const answer = await fetch(
    `${scene.server.url}/api/v1/explorer/sandbox?protocol=tencent&action=SendPhoneEmailCode`,
  );
  const { items } = (await answer.json()) as { items: readonly unknown[] };
  await page.evaluate(`addEventListener('beforeprint', () => {
    globalThis.printed = document.querySelectorAll('.ant-table-row').length;
  }, { once: true })`);
  await page.pdf();
  assert.equal(await page.evaluate('printed'), items.length);
  await page.getByRole('tab', { name: /^Errors/ }).waitFor();
  assert.ok((await rows.count()) <= 20);
  assert.deepEqual(complaints, []);
});
