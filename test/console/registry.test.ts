// An operator at the registry in the console: subscriber records are imported, their rejected rows named, everything counted
// again; number ranges are edited, and count at once. What a file holds stays a text.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ConsoleScene, openConsoleScene } from '../support/console-scene.ts';
import { FIRST_SUBSCRIBER, FORMULA_CARRIER, SUBSCRIBER_FILE } from '../support/subscriber-file.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SCRIPT = '<img src=x onerror="alert(1)">';

let scene: ConsoleScene;
after(() => scene?.close());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  scene = await openConsoleScene(data);
});

const csvFile = (text: string) => ({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

test('an operator adds, limits, imports and removes number ranges; a wrong file is refused by its line', async () => {
  const { page, complaints } = await scene.goOn({
    name: 'ranges',
    path: '/registry/ranges',
    as: 'operator',
  });
  const dialog = page.getByRole('dialog');
  const published = async () => (await fetch(`${scene.server.url}/number-ranges`)).text();
  await page.getByRole('button', { name: 'Add a range' }).click();
  await dialog.getByLabel('Prefix').fill('+1202');
  await dialog.getByLabel('Range holder').fill(SCRIPT);
  await dialog.getByLabel('Only these').check();
  await dialog.getByLabel('line-status').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row', { name: SCRIPT });
  await row.getByText('line-status').waitFor();
  assert.match(await published(), /\+1202/);

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const chooser = dialog.locator('input[type=file]');
  await chooser.setInputFiles(csvFile('prefix,holder\n+1203,next\n1204,wrong\n'));
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.getByText('1204 is no prefix').waitFor();
  complaints.length = 0;
  await chooser.setInputFiles(csvFile('prefix,holder\n+1203,next\n'));
  await dialog.getByRole('button', { name: 'Import' }).click();
  await page.getByText('Ranges in the file: 1.').waitFor();

  await page.getByRole('searchbox').fill('next');
  await page.keyboard.press('Enter');
  await page.getByText('Total: 1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Remove: +1203' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No ranges').waitFor();
  assert.doesNotMatch(await published(), /\+1203/);
  assert.deepEqual(complaints, []);
});

test('a file is sent, shown with what would be rejected and why, imported, its rejected rows fetched, everything counted and found', async () => {
  const { page, complaints } = await scene.goOn({ name: 'import', path: '/registry', as: 'operator' });
  const upload = page.locator('input[type=file]');
  await upload.setInputFiles(csvFile('name,status\n'));
  await page.getByRole('alert').getByText('does not name the column msisdn').waitFor();
  complaints.length = 0;

  await upload.setInputFiles(SUBSCRIBER_FILE);
  await page.getByText('shop (not read)').waitFor();
  const preview = page.getByRole('table').first();
  const rows = await preview.getByRole('row').allInnerTexts();
  const verdicts = rows.slice(-7).map((text) => /accepted|rejected: [a-z ]*/.exec(text)?.[0]);
  assert.deepEqual(verdicts, [
    ...['accepted', 'accepted', 'accepted', 'accepted'],
    ...['rejected: no such status', 'rejected: no telephone number', 'rejected: name not valid'],
  ]);
  await preview.getByText(FORMULA_CARRIER).waitFor();
  const shown = await page.getByRole('main').innerText();
  for (const secret of [FIRST_SUBSCRIBER.number, FIRST_SUBSCRIBER.name, FIRST_SUBSCRIBER.idCard, 'onerror'])
    assert.ok(!shown.includes(secret), 'no personal data comes back');

  // A merge takes the invented rows away as well: it asks, and where the answer is no they stay.
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Import the file' }).click();
  await dialog.getByText('The registry holds invented demonstration rows.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByLabel('Replace: the file').check();
  await page.getByRole('button', { name: 'Replace the registry' }).click();
  await dialog.getByText('The registry holds 1,000 numbers now.').waitFor();
  await dialog.getByRole('button', { name: 'Replace the registry' }).click();
  const outcome = page.getByRole('status').filter({ hasText: 'Accepted: 4, rejected: 3.' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    outcome.getByRole('link', { name: 'Rejected rows' }).click(),
  ]);
  assert.equal(
    readFileSync(await download.path(), 'utf8'),
    'line,reason,field\n6,status_invalid,status\n7,msisdn_invalid,msisdn\n8,name_invalid,name\n',
  );

  await page.getByRole('link', { name: 'Statistics' }).first().click();
  await page
    .getByRole('img', { name: 'By status: in service: 2; suspended: 1; never assigned: 1' })
    .waitFor();
  await page.getByRole('img', { name: FORMULA_CARRIER }).waitFor();
  assert.equal(await page.getByText('This is demonstration data').count(), 0);
  await page.getByRole('link', { name: 'Look up' }).click();
  await page.getByLabel('Number', { exact: true }).fill(FIRST_SUBSCRIBER.number);
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByText('China Mobile').waitFor();
  assert.ok(!page.url().includes(FIRST_SUBSCRIBER.number));
  assert.deepEqual(complaints, []);
});

test('in Chinese an import is previewed, merged and counted in Chinese', async () => {
  const { page, complaints } = await scene.show(
    { name: 'import', path: '/registry', as: 'operator' },
    { locale: 'zh-CN' },
  );
  await page.locator('input[type=file]').setInputFiles(SUBSCRIBER_FILE);
  await page.getByText('拒绝：不是电话号码').waitFor();
  await page.getByRole('button', { name: '导入文件' }).click();
  await page.getByText('接受 4 行，拒绝 3 行。').waitFor();
  await page.getByRole('link', { name: '统计' }).first().click();
  await page.getByRole('img', { name: '按状态：正常：2' }).waitFor();
  assert.deepEqual(complaints, []);
});
