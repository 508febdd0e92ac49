// An operator at the registry in the console: its number ranges are edited, and count at once.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ConsoleScene, openConsoleScene } from '../support/console-scene.ts';
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
