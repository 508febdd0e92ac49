// Changing a key: what a form sends is what was changed and nothing else; and as a person does it, in a real Chromium.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { changesOf, servicesOf } from '../../console/src/pages/keys/key-changes.ts';
import { type ConsoleScene, openConsoleScene } from '../support/console-scene.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

let scene: ConsoleScene;
after(() => scene?.close());
const data = join(makeTemporaryDirectory({ after }), 'data');

before(async () => {
  scene = await openConsoleScene(data);
});

type Key = Parameters<typeof changesOf>[0];
const NO_CAPS = { calls_per_day: null, calls_per_month: null, minor_per_day: null, minor_per_month: null };
const KEY = {
  ...{ name: 'Shop', limited_amount: 1000, expired_at: '2020-01-02T03:04:05Z', allowed_api_ids: null },
  caps: { ...NO_CAPS, calls_per_day: 50 },
} as Partial<Key> as Key;
const SERVICES = [
  { id: 'status', api_ids: ['a', 'b'] },
  { id: 'match', api_ids: ['c'] },
];
const AS_IT_IS = {
  ...{ name: 'Shop', services: [], limit: 1000, expires: new Date('2020-01-02T03:04:05Z') },
  ...{ ...NO_CAPS, calls_per_day: 50 },
};

test('what was left as it is is not sent: an expiry that has passed would be refused', () => {
  assert.deepEqual(changesOf(KEY, AS_IT_IS, SERVICES), {});
});

test('an empty field takes its limit away, and another value sets it', () => {
  assert.deepEqual(
    changesOf(KEY, { ...AS_IT_IS, limit: null, expires: null, calls_per_day: null }, SERVICES),
    { limited_amount: null, expired_at: null, caps: { calls_per_day: null } },
  );
  assert.deepEqual(
    changesOf(KEY, { ...AS_IT_IS, name: ' Till ', limit: 0, minor_per_month: 900 }, SERVICES),
    { name: 'Till', limited_amount: 0, caps: { minor_per_month: 900 } },
  );
});

test('services stand for all their calls; a narrower choice made elsewhere stays unless services are chosen anew', () => {
  const partly = { ...KEY, allowed_api_ids: ['a', 'c'] };
  assert.deepEqual(servicesOf(partly, SERVICES), { ids: ['status', 'match'], isPartly: true });
  assert.deepEqual(changesOf(partly, { ...AS_IT_IS, services: ['match', 'status'] }, SERVICES), {});
  assert.deepEqual(changesOf(partly, { ...AS_IT_IS, services: ['status'] }, SERVICES), {
    allowed_api_ids: ['a', 'b'],
  });
  assert.deepEqual(changesOf(partly, AS_IT_IS, SERVICES), { allowed_api_ids: null });
});

test('limits are set with a new key and changed later; each dialog begins in its first field', async () => {
  const { page, complaints } = await scene.goOn({ name: 'keys', path: '/keys', as: 'person' });
  const inFirstField = () => page.locator('.ant-modal input:focus').and(page.getByLabel('Name')).waitFor();
  await page.getByRole('button', { name: 'Create a key' }).click();
  const creating = page.getByRole('dialog', { name: 'Create a key' });
  await inFirstField();
  await page.keyboard.type('Kiosk');
  await creating.getByRole('button', { name: 'Limits' }).click();
  await creating.getByLabel('Charged calls a day').fill('20');
  await creating.getByLabel('Paid from the balance a month').fill('12.50');
  await creating.getByRole('button', { name: 'Create a key' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();

  await page.getByRole('button', { name: 'Actions: Kiosk' }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  const changing = page.getByRole('dialog', { name: 'Change Kiosk' });
  await inFirstField();
  assert.equal(await changing.getByLabel('Charged calls a day').inputValue(), '20');
  assert.match(await changing.getByLabel('Paid from the balance a month').inputValue(), /^12\.50?$/);
  await changing.getByLabel('Name').fill('Kiosk at the station');
  await changing.getByLabel('Charged calls a day').fill('');
  await changing.getByLabel('Most charged calls in its life').fill('300');
  await changing.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Kiosk at the station').waitFor();
  await page.getByText('0 of 300').waitFor();
  const kept = (await page.evaluate(
    `fetch('/api/v1/credentials?limit=100').then((response) => response.json())`,
  )) as { items: { name: string; caps: unknown; limited_amount: unknown }[] };
  const { caps, limited_amount: limit } = kept.items.find(({ name }) => name.startsWith('Kiosk')) ?? {};
  assert.deepEqual([caps, limit], [{ ...NO_CAPS, minor_per_month: 1250 }, 300]);
  assert.deepEqual(complaints, []);
});

test('lists of keys, of failures and of codes are filtered, and their address says so', async () => {
  const { page, complaints } = await scene.goOn({ name: 'keys', path: '/keys?name=till', as: 'person' });
  await page.getByText('Total: 1').waitFor();
  await page.getByLabel('Part of the name').fill('no such key');
  await page.keyboard.press('Enter');
  await page.getByText('No key fits').waitFor();
  await page.waitForURL('**/keys?name=no+such+key');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.waitForURL('**/keys');

  await scene.goOn({ name: 'doctor', path: '/doctor?fault=token_invalid', as: 'person' });
  await page.getByText('None of the recent failures is like this.').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.waitForURL('**/doctor');
  await page.getByRole('columnheader', { name: 'Time' }).waitFor();

  await scene.goOn({ name: 'codes', path: '/codes?status=exhausted', as: 'person' });
  await page.getByText('No code fits').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.waitForURL('**/codes');
  assert.deepEqual(complaints, []);
});
