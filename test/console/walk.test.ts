// The first minutes of an operator and of a visitor in the console, in a real Chromium against the real server: from the
// printed link to a call; acquire while signed out, register, come back, make a key, call with it, see what it cost. Not
// one complaint of the browser on the way.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildConsole } from '../../console/build.ts';
import { openWatchedPage, startBrowser } from '../support/browser.ts';
import { CONSOLE_PASSWORD, enterAsOperator, registerOnPage } from '../support/console-people.ts';
import { exchange } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const EMAIL = 'ann@example.org';
const DEADLINE = { timeout: 15_000 };

let server: RunningServer;
let browser: Browser;
after(async () => {
  await browser?.close();
  await server?.kill();
});
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  await buildConsole();
  server = await startServer({ data, args: ['--first-run', ...QUICK_PASSWORDS] });
  browser = await startBrowser();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const readSecret = async (page: Page, label: string) =>
  (await page.locator(`[data-copyable="${label}"]`).textContent())?.trim() ?? '';

/** A client that was not told to sign for this server. */
async function signForVendor(key: { readonly secretId: string; readonly secretKey: string }): Promise<void> {
  const signed = signTc3(key, {
    ...{ host: 'faceid.tencentcloudapi.com', action: 'MobileStatus', payload: '{"Mobile":"13800138000"}' },
    timestampSeconds: Math.floor(Date.now() / 1000),
  });
  await exchange(
    server.port,
    toBytes({ ...signed, headers: { ...signed.headers, Host: `127.0.0.1:${server.port}` } }),
  );
}

test('from the link of the terminal alone, which opens nothing more: a call, a key, why a signature fails', async () => {
  const { page, complaints } = await openWatchedPage(browser, server.url);
  page.setDefaultTimeout(DEADLINE.timeout);
  await signUpPerson(server, createManagementClient(server.port), 'eve@example.org');
  const { operatorLink } = JSON.parse(server.stdout()) as { operatorLink: string };
  await enterAsOperator(page, operatorLink);
  assert.ok(!page.url().includes('lpl_'), 'the secret does not stay in the address');
  // Nothing was called yet, and the page says where to begin.
  await page.getByRole('main').getByRole('button', { name: 'API Explorer' }).click();
  await page.locator('.ant-select', { hasText: 'Sandbox · ' }).waitFor();
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();

  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('link', { name: 'Demonstration', exact: true }).click();
  await page.getByRole('button', { name: 'Create a key' }).click();
  const form = page.getByRole('dialog', { name: 'Create a key' });
  await form.getByLabel('Name').fill('till of an operator');
  await form.getByRole('button', { name: 'Create a key' }).click();
  const secret = {
    secretId: await readSecret(page, 'SecretId'),
    secretKey: await readSecret(page, 'SecretKey'),
  };
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('cell', { name: /^till of an operator/ }).waitFor();
  assert.ok(!(await page.content()).includes(secret.secretKey), 'a secret is seen once');
  await page.getByRole('link', { name: 'API Explorer' }).click();
  await page.getByRole('combobox', { name: 'Account' }).fill('Demonstration');
  await page.locator('.ant-select-item-option', { hasText: 'Demonstration' }).click();
  await page.getByRole('combobox', { name: 'Key' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'till of an operator' }).click();
  await page.getByText('A live key').waitFor();

  await signForVendor(secret);
  await page.getByRole('link', { name: 'Signature doctor' }).click();
  await page
    .getByRole('row', { name: /Demonstration/ })
    .getByRole('button', { name: /^Verdict/ })
    .click();
  await page.getByRole('dialog').locator('[data-finding="host_of_the_vendor"]').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('cell', { name: /^Self-service e\*+@example\.org$/ }).waitFor();
  await page.goto(`${server.url}/console/keys`);
  await page.getByText('This page is not for you').waitFor();
  await page.getByRole('button', { name: /^Account: Operator$/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  assert.deepEqual(complaints, []);

  await page.goto(operatorLink);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The link was used already').waitFor();
});

test('from the bare address, signed out, to a charged call in the usage list', async () => {
  const { page, complaints } = await openWatchedPage(browser, server.url);
  page.setDefaultTimeout(DEADLINE.timeout);
  await page.goto(`${server.url}/`);
  await heading(page, 'Services').waitFor();

  await page.getByRole('link', { name: /Line status/ }).click();
  await page.getByRole('button', { name: 'Acquire' }).click();
  await heading(page, 'Sign in').waitFor();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await registerOnPage(page, server, EMAIL);

  await heading(page, 'Line status').waitFor();
  await page.getByText('Acquired. Free calls: 100.').waitFor();
  await page.getByText('Free calls left: 100').waitFor();
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('shop <b>&amp;');
  await page.getByRole('dialog').getByRole('button', { name: 'Create a key' }).click();
  await page.getByText('shown this once').waitFor();
  const token = await readSecret(page, 'Token');
  assert.match(await readSecret(page, 'SecretKey'), /^\w{32,}$/);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('cell', { name: /^shop <b>&amp;/ }).waitFor();
  await page.getByRole('dialog', { name: 'Your new key' }).waitFor({ state: 'detached' });
  assert.ok(!(await page.content()).includes(token), 'a token is seen once');

  const { accounts } = JSON.parse(server.stdout()) as { accounts: { kind: string; exampleNumber: string }[] };
  const mobile = accounts.find(({ kind }) => kind === 'demonstration')?.exampleNumber.replace('+86', '');
  await page.getByRole('link', { name: 'API Explorer' }).click();
  await page.getByRole('searchbox', { name: 'Find a call' }).fill('check-1e');
  await page.getByRole('menuitem', { name: /^check-1e/ }).click();
  await page.getByLabel('mobile', { exact: true }).fill(String(mobile));
  await page.getByRole('combobox', { name: 'Key' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'shop' }).click();
  await page.getByText('A live key').waitFor();
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();
  await page.getByText('1 free call').waitFor();

  await page.getByRole('link', { name: 'Usage' }).click();
  await page.getByRole('cell', { name: 'line-status' }).waitFor();
  await page.getByRole('cell', { name: '1 free call' }).waitFor();
  await page.getByRole('button', { name: /^Details/ }).click();
  await page.getByRole('dialog').getByText('Free calls after it').waitFor();
  assert.doesNotMatch(await page.getByRole('dialog').innerText(), /Took/, 'what is not kept is not listed');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('img', { name: /Calls by day/ }).waitFor();
  assert.deepEqual(complaints, []);
});

test('a key is disabled, rotated and deleted, each time after a question', async () => {
  const { page, complaints } = await openWatchedPage(browser, server.url);
  page.setDefaultTimeout(DEADLINE.timeout);
  await page.goto(`${server.url}/console/keys`);
  await heading(page, 'Sign in').waitFor();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(CONSOLE_PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'Keys').waitFor();
  const choose = async (name: string, confirmed = true) => {
    await page.getByRole('button', { name: /^Actions/ }).click();
    await page.getByRole('menuitem', { name }).click();
    if (confirmed) await page.getByRole('dialog').getByRole('button', { name }).click();
  };
  await choose('Disable');
  await page.getByRole('cell', { name: 'disabled' }).waitFor();
  await choose('Enable', false);
  await page.getByRole('cell', { name: 'enabled' }).waitFor();
  await choose('Rotate');
  assert.match(await readSecret(page, 'SecretKey'), /^\w{32,}$/);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await choose('Delete');
  await page.getByText('No keys yet').waitFor();
  assert.deepEqual(complaints, []);
});

test('who has just registered makes a first call in the Explorer without leaving it, and no value stays in the address', async () => {
  const { page, complaints } = await openWatchedPage(browser, server.url);
  page.setDefaultTimeout(DEADLINE.timeout);
  await page.goto(`${server.url}/console/register`);
  await registerOnPage(page, server, 'ben@example.org');
  // Signed in by then: the way to the Explorer is there before.
  await page.getByRole('button', { name: /ben@example.org/ }).waitFor();
  await page.goto(
    `${server.url}/console/explorer?action=PhoneVerification&Name=Ann&IdCard=11010519491231002X`,
  );
  await page.getByRole('button', { name: 'Make a sandbox key' }).click();
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();
  assert.equal(new URL(page.url()).search, '?action=PhoneVerification');
  assert.deepEqual(complaints, []);
});

test('in Chinese every page names itself in Chinese, and the choice is kept', async () => {
  const { page, complaints } = await openWatchedPage(browser, server.url, { locale: 'zh-CN' });
  page.setDefaultTimeout(DEADLINE.timeout);
  await page.goto(`${server.url}/console/services/line-tenure`);
  await heading(page, '手机号在网时长查询').waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  await page.getByRole('button', { name: /^语言/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await heading(page, 'Line tenure').waitFor();
  await page.reload();
  await heading(page, 'Line tenure').waitFor();
  assert.deepEqual(complaints, []);
});
