// An operator's acts in the console, each of which the audit log then shows; what others typed stays a text; and who is no
// operator sees none of it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { speak } from '../support/console-language.ts';
import { type ConsoleScene, openConsoleScene } from '../support/console-scene.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SCRIPT = '<img src=x onerror="alert(1)">';
const OPERATED = [
  '/accounts',
  '/accounts/100000000001',
  '/prices',
  '/registry',
  '/channels',
  '/operators',
  '/audit',
  '/ledger',
  '/operations',
];

let scene: ConsoleScene;
after(() => scene?.close());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  scene = await openConsoleScene(data);
  const client = createManagementClient(scene.server.port);
  const person = { email: 'eve@example.org', password: 'seven green bicycles' };
  await client.call('POST /people/register', { body: { ...person, name: SCRIPT } });
  const code = await codeMailedTo(scene.server, person.email);
  assert.equal((await client.call('POST /people/confirm', { body: { ...person, code } })).status, 201);
});

test('an operator finds an account, whose name stays a text, tops it up, limits, suspends and resumes it', async () => {
  const { page, complaints } = await scene.goOn({ name: 'accounts', path: '/accounts', as: 'operator' });
  await page.getByRole('searchbox', { name: 'Part of the name' }).fill('onerror');
  await page.keyboard.press('Enter');
  await page.waitForURL('**name=onerror');
  await page.getByRole('link', { name: SCRIPT }).first().click();
  await page.getByRole('heading', { level: 1, name: SCRIPT }).waitFor();

  await page.getByRole('button', { name: 'Top up' }).click();
  await page.getByRole('dialog').getByLabel('Amount').fill('25');
  await page.getByRole('dialog').getByLabel('Reference').fill(SCRIPT);
  await page.getByRole('dialog').getByRole('button', { name: 'Top up' }).click();
  await page.getByText('CN¥25.00', { exact: true }).waitFor();
  await page.getByLabel('Charged calls a day').fill('40');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();

  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await main.getByText('suspended').waitFor();
  await main.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await main.getByRole('button', { name: 'Suspend' }).waitFor();

  await page.goto(`${scene.server.url}/console/audit?act=account.topup`);
  await page
    .getByRole('button', { name: /^Details/ })
    .first()
    .click();
  await page.getByRole('dialog').getByText('onerror').waitFor();
  assert.deepEqual(complaints, []);
});

test('prices change after a question; a look-up is masked, and found in the audit log, whose filters are cleared at once', async () => {
  const { page, complaints } = await scene.goOn({ name: 'prices', path: '/prices', as: 'operator' });
  await page.getByLabel('Name match').fill('0.77');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Change' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Name match').inputValue(), '0.77');

  await page.getByRole('link', { name: 'Registry' }).click();
  await page.getByRole('link', { name: 'Look up' }).click();
  // The page before stays until the next one came, and has labels with that word too.
  await page.getByText('What the registry holds of one number').waitFor();
  await page.getByLabel('Number', { exact: true }).fill('13800138000');
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByText('+86138****8000').waitFor();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('searchbox', { name: 'Number', exact: true }).fill('13800138000');
  await page.keyboard.press('Enter');
  await page.getByRole('cell', { name: 'audit.search', exact: true }).first().waitFor();
  await page.getByRole('cell', { name: 'registry.look-up', exact: true }).waitFor();
  assert.ok(!page.url().includes('138'), 'a number stands in no address');
  await page.getByRole('searchbox', { name: 'What', exact: true }).fill('no.such.act');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page
    .getByRole('button', { name: /^Details/ })
    .first()
    .waitFor();
  for (const name of ['What', 'Number'])
    assert.equal(await page.getByRole('searchbox', { name, exact: true }).inputValue(), '');

  await page.getByRole('link', { name: 'Channels' }).click();
  await page
    .getByRole('row', { name: /^outbox/ })
    .getByText('up')
    .waitFor();
  assert.deepEqual(complaints, []);
});

test('an operator verifies the ledger against a noted head, asks the doctor, and backs up with the key after a warning', async () => {
  const { page, complaints } = await scene.goOn({ name: 'ledger', path: '/ledger', as: 'operator' });
  const head = await page.locator('[data-copyable="Number and hash"]').innerText();
  await page.getByLabel('A head noted down earlier').fill(` ${head} `);
  await page.getByRole('button', { name: 'Verify the ledger' }).click();
  await page.getByText(/It contains the head that was noted down/).waitFor();
  await page
    .getByLabel('A head noted down earlier')
    .fill(head.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')));
  await page.getByRole('button', { name: 'Verify the ledger' }).click();
  await page.getByRole('alert').getByText('The ledger is not sound').waitFor();
  await speak(page, 'zh');
  await page.getByRole('alert').getByText('条记录与此前记下的不一致').waitFor();
  await speak(page, 'en');

  await page.getByRole('link', { name: 'Operations' }).click();
  await page.getByRole('button', { name: 'Examine' }).click();
  await page
    .getByRole('status')
    .getByText(/^Nothing is wrong/)
    .waitFor();
  await page.getByText('Its rows are invented, for demonstration: 1,000.').waitFor();
  await speak(page, 'zh');
  await page.getByText('其中 1,000 行为演示用的虚构数据。').waitFor();
  await page.getByText('导入号码数据').waitFor();
  await speak(page, 'en');
  await page.getByRole('button', { name: 'With the master key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'With the key' }).click();
  await page.getByText(/is made and verified/).waitFor();
  await page.getByRole('cell', { name: 'included', exact: true }).waitFor();
  assert.deepEqual(complaints, []);
});

test('a person has one entry of its own verified, and is told what that proves', async () => {
  const path = '/usage?outcome=known&sandbox=false';
  const { page, complaints } = await scene.goOn({ name: 'usage', path, as: 'person' });
  await page
    .getByRole('button', { name: /^Details/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Verify this entry' }).click();
  await page
    .getByRole('dialog')
    .getByText(/^(?:Nothing of it was altered|Sound, and not signed yet)$/)
    .waitFor();
  assert.deepEqual(complaints, []);
});

test('a question that was asked goes with its page: Back leaves nothing to confirm', async () => {
  const { page } = await scene.goOn({ name: 'overview', path: '/overview', as: 'person' });
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page
    .getByRole('button', { name: /^Actions/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').waitFor();
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
});

test('who is no operator is shown no page of operators, and nothing is asked for it', async () => {
  for (const path of OPERATED) {
    const { page, complaints } = await scene.goOn({ name: path, path, as: 'person' });
    await page.getByText('It belongs to the operators of this server.').waitFor();
    assert.deepEqual(complaints, [], path);
  }
});

test('the list of calls is downloaded as CSV, with its filters', async () => {
  const { page } = await scene.goOn({ name: 'usage', path: '/usage?sandbox=true', as: 'person' });
  const link = page.getByRole('link', { name: 'Export CSV' });
  const text = await page.evaluate(
    async (address) => (await fetch(address)).text(),
    (await link.getAttribute('href')) ?? '',
  );
  const rows = text.trim().split('\n');
  assert.equal(rows.length, 9, 'a header and eight calls');
});

test('an operator sees whose each call was, and asks for the calls of one account by its name', async () => {
  const { page, complaints } = await scene.goOn({ name: 'usage', path: '/usage', as: 'operator' });
  await page.getByRole('combobox', { name: 'Account' }).click();
  await page.keyboard.type('self-s');
  await page.locator('.ant-select-item-option', { hasText: /^Self-service · \d{12}$/ }).click();
  await page.waitForURL(/user_id=\d{12}$/);
  const id = new URL(page.url()).searchParams.get('user_id') ?? '';
  await page.getByText('Total: 22').waitFor();
  const links = page.getByRole('table').getByRole('link', { name: 'Self-service', exact: true });
  assert.equal(await links.count(), 20);
  assert.match((await links.first().getAttribute('href')) ?? '', new RegExp(`/accounts/${id}$`));

  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width: 390, height });
  await page.getByRole('columnheader').nth(1).waitFor({ state: 'detached' });
  const hidden = await page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.querySelector('.ant-table-content');
    return scrollWidth - clientWidth;
  })()`);
  assert.equal(hidden, 0, 'a phone shows the whole list without scrolling sideways');
  await page.setViewportSize({ width, height });
  assert.deepEqual(complaints, []);
});

test('in Chinese the pages name themselves in Chinese', async () => {
  const titles = {
    '/ledger': '账本',
    '/operations': '运维',
    '/audit': '审计日志',
    '/prices': '价格',
    '/channels': '通道',
    '/registry/look-up': '登记库',
  };
  for (const [path, name] of Object.entries(titles)) {
    const { page } = await scene.goOn({ name: path, path, as: 'operator' }, { locale: 'zh-CN' });
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
  const { page } = await scene.goOn({ name: 'codes', path: '/codes', as: 'person' }, { locale: 'zh-CN' });
  await page.getByRole('heading', { level: 1, name: '验证码' }).waitFor();
});

test('an order that is chosen by keyboard stands in the address: loaded again, it is the same', async () => {
  const { page, complaints } = await scene.goOn({ name: 'keys', path: '/keys', as: 'person' });
  const heading = page.getByRole('columnheader', { name: 'Name' });
  const names = () => page.locator('tbody strong').allTextContents();
  await heading.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**ordering=name');
  await page.locator('th[aria-sort="ascending"]', { hasText: 'Name' }).waitFor();
  await page.locator('tr:has-text("Shop") + tr:has-text("Till") + tr:has-text("Trial")').waitFor();
  const ascending = await names();
  await page.keyboard.press('Enter');
  await page.waitForURL('**ordering=-name');
  await page.locator('tr:has-text("Trial") + tr:has-text("Till") + tr:has-text("Shop")').waitFor();
  assert.deepEqual(await names(), ascending.toReversed());
  await page.reload();
  await page.locator('th[aria-sort="descending"]', { hasText: 'Name' }).waitFor();
  await page.locator('tr:has-text("Trial") + tr:has-text("Till") + tr:has-text("Shop")').waitFor();
  assert.deepEqual(complaints, []);
});

test('an operator finds a person by an address that no address shows, ends a session there, and revokes a link', async () => {
  const { page, complaints } = await scene.goOn({ name: 'accounts', path: '/accounts', as: 'operator' });
  await page.getByLabel("Holder's e-mail address").fill('ANN@example.org');
  await page.keyboard.press('Enter');
  await page.getByText('Total: 1').waitFor();
  assert.ok(!/ann/i.test(new URL(page.url()).search), page.url());
  await page.getByRole('link', { name: 'Self-service' }).click();
  await page.getByRole('button', { name: 'Sessions', exact: true }).click();
  const drawer = page.getByRole('dialog').filter({ hasText: 'Signed in' });
  await drawer.getByText('Total: 2').waitFor();
  await drawer.getByRole('button', { name: /^End/ }).first().click();
  await page.getByRole('dialog', { name: 'End this session?' }).getByRole('button', { name: 'End' }).click();
  await drawer.getByText('Total: 1').waitFor();

  const { page: next } = await scene.goOn({ name: 'operators', path: '/operators', as: 'operator' });
  await next
    .getByRole('button', { name: /^Revoke: link/ })
    .first()
    .click();
  await next.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await next.getByText('revoked', { exact: true }).first().waitFor();
  assert.deepEqual(complaints, []);
});
