// The API Explorer in a real Chromium: a call of the sandbox from its form, and its code, executed as it was shown.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildConsole } from '../../console/build.ts';
import { writeSamples } from '../../console/src/pages/explorer/code-samples.ts';
import { openWatchedPage, startBrowser } from '../support/browser.ts';
import { type CommandResult, createAccount, runProgram } from '../support/command-line.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

let server: RunningServer;
let browser: Browser;
let token: string;
after(async () => {
  await browser?.close();
  await server?.kill();
});
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  await buildConsole();
  ({ token } = await createAccount(data, ['--sandbox']));
  server = await startServer({ data });
  browser = await startBrowser();
});

function runSample(name: string, code: string): Promise<CommandResult> {
  const env = { LINEPROOF_TOKEN: token, no_proxy: '*' };
  return name === 'curl'
    ? runProgram('sh', ['-c', code], { env })
    : runProgram(process.execPath, ['--input-type=module', '-e', code], { env });
}

test('a call is found, filled from its example and sent, and its answer is shown as it came', async () => {
  const { page, complaints } = await openWatchedPage(browser, server.url);
  page.setDefaultTimeout(15_000);
  await page.goto(`${server.url}/console/explorer`);
  await page.getByRole('searchbox', { name: 'Find a call' }).fill('identity card');
  await page.getByRole('searchbox', { name: 'Find a call' }).fill('check-1e');
  await page.getByRole('menuitem', { name: /check-1e/ }).click();
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Send the call' }).click();
  await page.getByText('HTTP 200').waitFor();
  const answer = JSON.parse((await page.locator('[data-answer]').textContent()) ?? '');
  assert.deepEqual(answer, { result: '0', description: 'Success', status_code: 1 });
  assert.equal(new URL(page.url()).search, '?call=check-1e', 'no value of the form is in the address');
  const shown = (await page.locator('[data-sample="curl"]').textContent()) ?? '';
  assert.ok(!shown.includes(token), 'the code holds no secret');
  const { stdout } = await runSample('curl', shown);
  assert.deepEqual(JSON.parse(stdout), answer);
  assert.deepEqual(complaints, []);
});

test('every sample answers as documented when it is run, whatever stands in the form', async () => {
  const url = `${server.url}/identity/phone/check-2e`;
  for (const name of ['韦小宝', `O'Neil "\\$(id)\` \${HOME} \n !x`])
    for (const sample of writeSamples({ url, values: { mobile: '13800138000', name } })) {
      const { code, stdout, stderr } = await runSample(sample.name, sample.code);
      assert.equal(code, 0, `${sample.name}: ${stderr}`);
      const direct = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ mobile: '13800138000', name }),
      });
      assert.deepEqual(JSON.parse(stdout), await direct.json(), sample.name);
    }
});
