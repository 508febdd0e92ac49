// Every page of the console that operators see, and every dialog on it.

import type { Page } from 'playwright-core';
import { type ConsolePage, pressFirst } from './console-page.ts';
import { FIRST_SUBSCRIBER, SUBSCRIBER_FILE } from './subscriber-file.ts';

async function sendSubscribers(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(SUBSCRIBER_FILE);
  await page.getByRole('table').getByText('rejected: no telephone number').waitFor();
}

export const OPERATOR_PAGES: readonly ConsolePage[] = [
  { name: 'operator-overview', path: '/overview', as: 'operator' },
  { name: 'operator-usage', path: '/usage', as: 'operator' },
  { name: 'accounts', path: '/accounts', as: 'operator' },
  {
    name: 'account',
    path: '/accounts?state=active&size=10',
    as: 'operator',
    async act(page) {
      await page.getByRole('link', { name: 'Self-service', exact: true }).first().click();
      await page.getByRole('button', { name: 'Top up' }).waitFor();
    },
  },
  {
    name: 'account-top-up',
    path: '/accounts',
    as: 'operator',
    async act(page) {
      await page.getByRole('link', { name: 'Self-service', exact: true }).first().click();
      await page.getByRole('button', { name: 'Grant free calls' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'accounts-by-address',
    path: '/accounts',
    as: 'operator',
    async act(page) {
      await page.getByLabel("Holder's e-mail address").fill('Ann@example.org');
      await page.keyboard.press('Enter');
      await page.getByText('Total: 1').waitFor();
    },
  },
  {
    name: 'account-new-key',
    path: '/accounts',
    as: 'operator',
    async act(page) {
      await page.getByRole('link', { name: 'Demonstration', exact: true }).click();
      await page.getByRole('button', { name: 'Create a key' }).click();
      await page.getByRole('dialog').getByLabel('Name').waitFor();
    },
  },
  ...(['Sessions', 'Platform tokens'] as const).map(
    (list): ConsolePage => ({
      name: `account-${list === 'Sessions' ? 'sessions' : 'tokens'}`,
      path: '/accounts?state=active&size=10',
      as: 'operator',
      async act(page) {
        await page.getByRole('link', { name: 'Self-service', exact: true }).first().click();
        await page.getByRole('button', { name: list, exact: true }).click();
        await page.getByRole('dialog').getByText('Total: ').waitFor();
      },
    }),
  ),
  { name: 'operators', path: '/operators', as: 'operator' },
  {
    name: 'operators-revoke',
    path: '/operators',
    as: 'operator',
    async act(page) {
      await pressFirst(page, /^Revoke: link/);
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'prices', path: '/prices', as: 'operator' },
  {
    name: 'registry-statistics',
    path: '/registry/statistics',
    as: 'operator',
    async act(page) {
      await page.getByRole('img', { name: /^By status/ }).waitFor();
    },
  },
  { name: 'registry-import', path: '/registry', as: 'operator' },
  { name: 'registry-import-preview', path: '/registry', as: 'operator', act: sendSubscribers },
  {
    name: 'registry-import-replace',
    path: '/registry',
    as: 'operator',
    async act(page) {
      await sendSubscribers(page);
      await page.getByLabel('Replace: the file').check();
      await page.getByRole('button', { name: 'Replace the registry' }).click();
      await page.getByRole('dialog').getByText('The registry holds').waitFor();
    },
  },
  {
    name: 'registry-import-invented',
    path: '/registry',
    as: 'operator',
    async act(page) {
      await sendSubscribers(page);
      await page.getByRole('button', { name: 'Import the file' }).click();
      await page.getByRole('dialog').getByText('The registry holds invented').waitFor();
    },
  },
  {
    name: 'registry-import-done',
    path: '/registry',
    as: 'operator',
    async act(page) {
      await sendSubscribers(page);
      await page.getByLabel('Replace: the file').check();
      await page.getByRole('button', { name: 'Replace the registry' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Replace the registry' }).click();
      await page.getByText('Accepted: 4, rejected: 3.').waitFor();
    },
  },
  {
    name: 'registry-look-up',
    path: '/registry/look-up',
    as: 'operator',
    async act(page) {
      // In the registry once the file of the pages before is imported.
      await page.getByLabel('Number', { exact: true }).fill(FIRST_SUBSCRIBER.number);
      await page.getByRole('button', { name: 'Look up' }).click();
      await page.getByText('in the registry').waitFor();
    },
  },
  { name: 'registry-ranges', path: '/registry/ranges', as: 'operator' },
  {
    name: 'registry-range-edit',
    path: '/registry/ranges',
    as: 'operator',
    async act(page) {
      await page.getByRole('button', { name: 'Edit: +861340' }).click();
      await page.getByRole('dialog').getByLabel('Only these').check();
      await page.getByRole('dialog').getByText('name-match').waitFor();
    },
  },
  {
    name: 'registry-range-remove',
    path: '/registry/ranges?size=10',
    as: 'operator',
    async act(page) {
      await page.getByRole('button', { name: 'Remove: +861340' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'registry-range-import',
    path: '/registry/ranges',
    as: 'operator',
    async act(page) {
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Replace the whole table').check();
      await page.getByRole('dialog').getByText('Every range that the file').waitFor();
    },
  },
  { name: 'channels', path: '/channels', as: 'operator' },
  { name: 'channels-mails', path: '/channels/mails', as: 'operator' },
  {
    name: 'ledger',
    path: '/ledger',
    as: 'operator',
    async act(page) {
      await page.getByRole('button', { name: 'Verify the ledger' }).click();
      await page.getByText(/signed up to entry/).waitFor();
    },
  },
  {
    name: 'operations',
    path: '/operations',
    as: 'operator',
    async act(page) {
      await page.getByRole('button', { name: 'Examine' }).click();
      await page.getByText(/^Nothing is wrong/).waitFor();
      await page.getByRole('button', { name: 'Count now' }).click();
      await page.getByText('Newest as-of date').waitFor();
      await page.getByRole('button', { name: 'Back up now' }).click();
      await page.getByText(/is made and verified/).waitFor();
      // Each of them has ended, whatever stood there of the one before.
      await page.locator('.ant-btn-loading').first().waitFor({ state: 'detached' });
    },
  },
  {
    name: 'operations-with-master-key',
    path: '/operations',
    as: 'operator',
    async act(page) {
      await page.getByRole('button', { name: 'With the master key' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'audit', path: '/audit', as: 'operator' },
  { name: 'audit-empty', path: '/audit?act=nothing', as: 'operator' },
  {
    name: 'audit-detail',
    path: '/audit?act=messages.settings',
    as: 'operator',
    async act(page) {
      await pressFirst(page, /^Details/);
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'not-for-persons', path: '/audit', as: 'person' },
  { name: 'not-for-operators', path: '/keys', as: 'operator' },
];
