// The API Explorer in a real Chromium: calls with a key of the account, links, signatures made in the browser, code that runs.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { CONSOLE_PASSWORD } from '../support/console-people.ts';
import { type ConsoleScene, openConsoleScene, turnTo } from '../support/console-scene.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { runSource } from '../support/run-sample.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const EMAIL = 'ann@example.org';
const SCRIPT = `"'><img src=x onerror=document.title='taken'><script>document.title='taken'</script>`;

let scene: ConsoleScene;
let account: NewAccount;
after(() => scene?.close());
const data = join(makeTemporaryDirectory({ after }), 'data');
const directory = makeTemporaryDirectory({ after });

before(async () => {
  scene = await openConsoleScene(data);
  account = await createAccount(data, ['--sandbox']);
});

const open = (path: string, as: 'nobody' | 'person' = 'person') => scene.goOn({ name: 'explorer', path, as });
const code = async (page: Page, label: string) =>
  (await page.locator(`[data-code="${label}"]`).textContent()) ?? '';

function knownNumber(): string {
  const { accounts } = JSON.parse(scene.server.stdout()) as {
    accounts: { kind: string; exampleNumber: string }[];
  };
  return accounts.find(({ kind }) => kind === 'demonstration')?.exampleNumber ?? '';
}

test('a call is found, made with a live key after a warning, charged, and seen in the usage list', async () => {
  const { page, complaints } = await open('/explorer');
  await page.getByRole('searchbox', { name: 'Find a call' }).fill('faceid mobilestatus');
  await page.getByRole('menuitem', { name: /^MobileStatus/ }).click();
  await page.getByLabel('Mobile', { exact: true }).fill(knownNumber());
  await page.getByText('sandbox', { exact: true }).first().waitFor();
  await page.getByRole('combobox', { name: 'Key' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'Shop' }).click();
  await page.getByText('A live key').waitFor();
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();
  await page.getByText('1 free call').waitFor();
  const { Response: answer } = JSON.parse(await code(page, 'Answer')) as {
    Response: Record<string, unknown>;
  };
  assert.equal(answer.Result, '0');
  assert.ok((await code(page, 'Request')).includes(knownNumber()));
  assert.equal(new URL(page.url()).search, '?action=MobileStatus', 'no value of the form is in the address');

  await turnTo(page, '/usage');
  await page
    .getByRole('button', { name: /^Details/ })
    .first()
    .click();
  await page.getByRole('dialog').getByText(String(answer.RequestId)).waitFor();
  assert.deepEqual(complaints, []);
});

test('words of both languages find a call, what fits best stands first, and Enter chooses it', async () => {
  const { page, complaints } = await scene.goOn({ name: 'explorer', path: '/explorer', as: 'person' });
  const box = page.getByRole('searchbox', { name: 'Find a call' });
  for (const [words, found] of [
    ['tenure', 'MobileNetworkTimeVerification'],
    ['status', 'MobileStatus'],
    ['三要素', 'PhoneVerification'],
    ['空号', 'MobileStatus'],
    ['two-element', 'CheckPhoneAndName'],
    ['ENCRYPTLIST', 'CheckPhoneAndName'],
  ] as const) {
    await box.fill(words);
    await box.press('Enter');
    await page.getByRole('heading', { level: 2, name: found, exact: true }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('action'), found);
  }
  await box.fill('no such call');
  await box.press('Enter');
  await page.getByText('No call has these words').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('action'), 'CheckPhoneAndName');
  assert.deepEqual(complaints, []);
});

test('a copied link and a reload bring back what is not personal, and an example’s values; no name, number or unknown word', async () => {
  const { page, complaints } = await open(
    '/explorer?action=DescribePhoneEmailList&Limit=7&Type=many&Code=13911112222&find=Ann',
    'nobody',
  );
  const search = () => new URL(page.url()).searchParams;
  await page.waitForURL((url) => !url.search.includes('139') && !url.search.includes('Ann'));
  assert.deepEqual([search().get('Limit'), await page.getByLabel('Limit').inputValue()], ['7', '7']);
  assert.equal(await page.getByLabel('Code', { exact: true }).inputValue(), '');

  await turnTo(page, '/explorer?action=SendPhoneEmailCode');
  await page.getByRole('heading', { level: 2, name: 'SendPhoneEmailCode' }).waitFor();
  await page.getByRole('button', { name: 'To a mailbox' }).click();
  await page.getByLabel('Code', { exact: true }).fill('somebody@example.com');
  await page.evaluate(`Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async (text) => { globalThis.copied = text; } },
  })`);
  await page.getByRole('button', { name: /^The link has the call/ }).click();
  await page.waitForFunction('globalThis.copied !== undefined');
  const link = String(await page.evaluate('copied'));
  assert.equal(new URL(link).search, '?action=SendPhoneEmailCode&example=1&Type=2');
  await page.goto(link);
  await page.getByRole('heading', { level: 2, name: 'SendPhoneEmailCode' }).waitFor();
  assert.equal(await page.getByLabel('Code', { exact: true }).inputValue(), 'ann@example.org');

  await turnTo(page, '/explorer?action=GenerateRandom');
  await page.getByRole('heading', { level: 2, name: 'GenerateRandom' }).waitFor();
  await page.getByLabel('NumberOfBytes').fill('24');
  await page.waitForURL(/NumberOfBytes=24/);
  await page.getByRole('link', { name: 'Reference', exact: true }).last().click();
  await page.getByRole('heading', { level: 1, name: 'GenerateRandom' }).waitFor();
  await page.goBack();
  assert.equal(await page.getByLabel('NumberOfBytes').inputValue(), '24');
  assert.deepEqual(complaints, []);
});

test('an example that was chosen is in the link at once, before the page is drawn with it', async () => {
  const { page, complaints } = await open('/explorer?action=SendPhoneEmailCode', 'nobody');
  await page.getByRole('button', { name: 'To a mailbox' }).waitFor();
  // Nothing is drawn between these clicks, as on a busy machine.
  await page.evaluate(`(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text) => { globalThis.copied = text; } },
    });
    const button = (text) => [...document.querySelectorAll('button')]
      .find((one) => (one.getAttribute('aria-label') ?? one.textContent).startsWith(text));
    button('To a mailbox').click();
    button('The link has the call').click();
  })()`);
  await page.waitForFunction('globalThis.copied !== undefined');
  assert.equal(
    new URL(String(await page.evaluate('copied'))).search,
    '?action=SendPhoneEmailCode&example=1&Type=2',
  );
  assert.deepEqual(complaints, []);
});

test('who is signed out fills a form from a link, signs in to send it, and finds it as it was', async () => {
  const { page, complaints } = await scene.show({
    ...{ name: 'explorer', path: '/explorer?action=check-2e', as: 'nobody' },
  });
  await page.getByLabel('name', { exact: true }).fill('A name of my own');
  await page.getByRole('button', { name: 'Sign in to send' }).click();
  assert.ok(!page.url().includes('own'), page.url());
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(CONSOLE_PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 2, name: 'check-2e' }).waitFor();
  assert.equal(await page.getByLabel('name', { exact: true }).inputValue(), 'A name of my own');
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();
  await page.getByText('free', { exact: true }).waitFor();
  assert.equal(
    await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).includes("of my own")'),
    false,
  );
  assert.deepEqual(complaints, []);
});

test('the signature that the browser makes is taken by the server, and the secret is neither sent nor kept', async () => {
  const { page, complaints } = await open('/explorer?action=MobileStatus');
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await page.getByRole('tab', { name: 'Signature' }).click();
  await page.getByLabel('SecretKey').fill(account.secretKey);
  await page.getByText('Type the SecretId too: the Authorization header names it').waitFor();
  assert.equal(await page.locator('[data-code="Authorization header"]').count(), 0);
  await page.getByLabel('SecretId').fill(account.secretId);
  const authorization = await code(page, 'Authorization header');
  const [, , timestamp = ''] = /^(TC3-HMAC-SHA256)\n(\d+)/.exec(await code(page, 'String to sign')) ?? [];
  const answer = await fetch(`${scene.server.url}/`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization },
      ...{ 'x-tc-action': 'MobileStatus', 'x-tc-version': '2018-03-01', 'x-tc-timestamp': timestamp },
    },
    body: '{"Mobile":"13800138000"}',
  });
  const { Response: shown } = (await answer.json()) as { Response: Record<string, unknown> };
  assert.equal(shown.Result, '0', JSON.stringify(shown));

  await page.getByText('HmacSHA1', { exact: true }).click();
  await page.getByLabel('SecretKey').fill(account.secretKey);
  await page.getByText('Type the SecretId too: it is one of the parameters').waitFor();
  assert.equal(await page.locator('[data-code="Signature"]').count(), 0);
  await page.getByLabel('SecretId').fill(account.secretId);
  const signature = await code(page, 'Signature');
  const source = await code(page, 'Source string');
  const older = await fetch(`${scene.server.url}/`, {
    method: 'POST',
    body: new URLSearchParams([
      ...source
        .slice(source.indexOf('?') + 1)
        .split('&')
        .map((pair) => pair.split('=') as [string, string]),
      ['Signature', signature],
    ]),
  });
  const { Response: olderShown } = (await older.json()) as { Response: Record<string, unknown> };
  assert.equal(olderShown.Result, '0', JSON.stringify(olderShown));

  await page.getByRole('tab', { name: 'Code' }).click();
  await page.getByRole('tab', { name: 'Signature' }).click();
  await page.getByLabel('SecretKey').waitFor();
  assert.equal(await page.getByLabel('SecretKey').inputValue(), '');
  const kept = await page.evaluate(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
  );
  for (const text of [...sent, String(kept)]) assert.ok(!text.includes(account.secretKey), text);
  assert.deepEqual(complaints, []);
});

test('a one-time code is found by a word for it, sent with a sandbox key, and entered by the id of the answer', async () => {
  const { page, complaints } = await scene.goOn({ name: 'explorer', path: '/explorer', as: 'person' });
  await page.getByRole('searchbox', { name: 'Find a call' }).fill('短信 lineproof');
  await page.getByRole('menuitem', { name: /^verification-start/ }).click();
  // The form before stays until this one came, and would be sent in its place.
  await page.getByRole('heading', { level: 2, name: 'verification-start' }).waitFor();
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 201').waitFor();
  const { id, status } = JSON.parse(await code(page, 'Answer')) as Record<string, string>;
  assert.equal(status, 'pending');
  await page.getByRole('tab', { name: 'Signature' }).click();
  await page.getByText('This call is not signed').waitFor();
  await page.getByRole('menuitem', { name: /^verification-check/ }).click();
  await page.getByLabel('id', { exact: true }).fill(String(id));
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();
  assert.match(await code(page, 'Request'), new RegExp(`/api/v1/verifications/${id}/check\n`));
  await page.getByRole('tab', { name: 'Code' }).click();
  assert.match(await code(page, 'curl'), new RegExp(`/api/v1/verifications/${id}/check'`));
  assert.deepEqual(complaints, []);
});

test('code runs as it is shown, signed or with a token, whatever stands in the form, and holds no secret', async () => {
  const { page, complaints } = await open('/explorer?action=check-2e', 'nobody');
  await page.getByRole('tab', { name: 'Code' }).click();
  const name = `O'Neil "\\$(id)\` \${HOME} !x`;
  await page.getByLabel('name', { exact: true }).fill(name);
  const direct = await fetch(`${scene.server.url}/identity/phone/check-2e`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${account.token}`, 'content-type': 'application/json' },
      'accept-language': 'en-US',
    },
    body: JSON.stringify({ mobile: '13800138000', name }),
  });
  const expected = await direct.json();
  for (const [language, title, fileName] of [
    ['curl', 'curl', 'sample.sh'],
    ['node', 'Node', 'sample.mjs'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.locator('.ant-select-item-option', { hasText: new RegExp(`^${title}$`) }).click();
    const shown = await code(page, title);
    const output = await runSource({
      ...{ language, fileName, code: shown, directory },
      env: { LINEPROOF_TOKEN: account.token },
    });
    assert.deepEqual(JSON.parse(output.slice(output.indexOf('{'))), expected);
    assert.ok(!shown.includes(account.token));
  }
  await turnTo(page, '/explorer?action=MobileStatus');
  await page.getByRole('heading', { level: 2, name: 'MobileStatus' }).waitFor();
  await page.getByRole('tab', { name: 'Code' }).click();
  const { secretId: TENCENTCLOUD_SECRET_ID, secretKey: TENCENTCLOUD_SECRET_KEY } = account;
  const env = { TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY };
  const signed = { language: 'curl', fileName: 'signed.sh', code: await code(page, 'curl') } as const;
  const said = await runSource({ ...signed, directory, env });
  const { Response: told } = JSON.parse(said.slice(said.indexOf('{')));
  assert.deepEqual([told.Result, told.StatusCode], ['0', 1], 'as the sandbox says of its documented number');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'tccli' }).click();
  await page.getByText('Not run by our tests').waitFor();
  assert.match(await code(page, 'tccli'), /tccli faceid MobileStatus/);
  assert.deepEqual(complaints, []);
});

test('encrypted fields: what seals them is in form, code and signature; left empty it is not sent, begun it must be whole', async () => {
  const { page, complaints } = await scene.goOn({
    ...{ name: 'explorer', path: '/explorer?action=MobileStatus', as: 'person' },
  });
  await page.getByRole('tab', { name: 'Code' }).click();
  assert.doesNotMatch(await code(page, 'curl'), /Encrypt/);
  await page.getByRole('button', { name: /^Encryption/ }).click();
  assert.doesNotMatch(await code(page, 'curl'), /Encrypt/);
  await page.getByLabel('CiphertextBlob').fill('d3JhcHBlZA==');
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('Fill in EncryptList.').waitFor();
  await page.getByRole('combobox', { name: 'EncryptList' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'Mobile' }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Iv').fill('0123456789abcdef');
  await page.getByRole('tab', { name: 'Code' }).click();
  assert.match(
    await code(page, 'curl'),
    /"Encryption":\{"EncryptList":\["Mobile"\],"CiphertextBlob":"d3JhcHBlZA==","Iv":"0123456789abcdef"\}/,
  );
  await page.getByRole('tab', { name: 'Signature' }).click();
  await page.getByText('HmacSHA1', { exact: true }).click();
  await page.getByLabel('SecretId').fill(account.secretId);
  assert.match(await code(page, 'Source string'), /&Encryption\.EncryptList\.0=Mobile&/);
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();
  assert.match(await code(page, 'Answer'), /FailedOperation\.DecryptSystemError/);
  assert.doesNotMatch(page.url(), /Encr|Ciph|0123456789/);
  assert.deepEqual(complaints, []);
});

test('a script in any field of any call, or in the address, is shown as text', async () => {
  const { page, complaints } = await open('/explorer');
  for (const action of ['PhoneVerification', 'CreateKey', 'check-3e', SCRIPT]) {
    await page.goto(`${scene.server.url}/console/explorer?${new URLSearchParams({ action })}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (action === SCRIPT) await page.getByText('There is no call of this name').waitFor();
    else {
      await page.getByRole('button', { name: 'Send the call' }).waitFor();
      for (const box of await page.getByRole('main').locator('form input[type=text]:not([readonly])').all())
        await box.fill(SCRIPT);
      await page.getByRole('tab', { name: 'Code' }).click();
      await page.locator('[data-sample]').waitFor();
      await page.getByRole('tab', { name: 'Signature' }).click();
      await page.getByRole('button', { name: 'Send the call' }).click();
      await page.getByText(/^HTTP \d/).waitFor();
    }
    assert.equal(await page.locator('img[src=x], main script').count(), 0);
    assert.match(await page.title(), /Lineproof$/);
  }
  assert.deepEqual(complaints, []);
});

test('nothing that a page of the Explorer receives could sign', async () => {
  const { page, untilQuiet } = await open('/explorer?action=MobileStatus');
  const received: string[] = [];
  const key = (await page.evaluate(`fetch('/api/v1/credentials', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Watched', sandbox: true }),
  }).then((response) => response.json())`)) as { token: string; secret_key: string; name: string };
  page.on('response', async (response) => {
    if (response.url().includes('/api/')) received.push(await response.text());
  });
  for (const action of ['MobileStatus', 'check-1e']) {
    await page.goto(`${scene.server.url}/console/explorer?action=${action}`);
    await page.getByRole('combobox', { name: 'Key' }).click();
    await page.locator('.ant-select-item-option', { hasText: key.name }).click();
    await page.getByRole('button', { name: 'Send the call' }).click();
    await page.getByText('HTTP 200').waitFor();
    const isSigned = action === 'MobileStatus';
    const described = isSigned ? page.waitForResponse((one) => one.url().includes('/signature')) : undefined;
    await page.getByRole('tab', { name: 'Signature' }).click();
    const description = await (await described)?.text();
    if (isSigned) assert.match(String(description), /string_to_sign/);
    received.push(description ?? '');
    await untilQuiet();
  }
  for (const text of received) {
    assert.ok(!text.includes(key.secret_key) && !text.includes(key.token));
    assert.doesNotMatch(text, /Signature=[0-9a-f]{64}|TC3-HMAC-SHA256 Credential=|Bearer (?!\*)/);
  }
});
