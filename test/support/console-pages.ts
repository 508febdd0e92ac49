// Every page of the console and every dialog on it, with how to get there: what axe-core judges and the pictures show.

import { type ConsolePage, pressFirst } from './console-page.ts';
import { CONSOLE_PASSWORD } from './console-people.ts';
import { OPERATOR_PAGES } from './operator-pages.ts';

const NO_SIGNATURE = 'POST / HTTP/1.1\nHost: localhost\nX-TC-Action: MobileStatus\n\n{}';

export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { name: 'services', path: '/services', as: 'nobody' },
  { name: 'service-signed-out', path: '/services/identity-match', as: 'nobody' },
  { name: 'explorer', path: '/explorer', as: 'nobody' },
  { name: 'explorer-no-such-call', path: '/explorer?action=Nothing', as: 'nobody' },
  { name: 'explorer-nested-fields', path: '/explorer?action=CreateKey', as: 'operator' },
  {
    name: 'explorer-encryption',
    path: '/explorer?action=MobileNetworkTimeVerification',
    as: 'nobody',
    async act(page) {
      await page.getByRole('button', { name: /^Encryption/ }).click();
      await page.getByLabel('CiphertextBlob').waitFor();
    },
  },
  {
    name: 'explorer-called',
    path: '/explorer?action=PhoneVerification',
    as: 'person',
    async act(page) {
      await page.getByRole('button', { name: 'Send the call' }).click();
      await page.getByText('HTTP 200').waitFor();
    },
  },
  {
    name: 'explorer-called-by-operator',
    path: '/explorer?action=MobileStatus',
    as: 'operator',
    async act(page) {
      await page.getByRole('button', { name: 'Send the call' }).click();
      await page.getByText('HTTP 200').waitFor();
    },
  },
  {
    name: 'doctor-of-operator',
    path: '/doctor',
    as: 'operator',
    async act(page) {
      await page.getByRole('cell', { name: 'signature_mismatch' }).first().waitFor();
    },
  },
  {
    name: 'explorer-live-key',
    path: '/explorer?action=check-1e',
    as: 'person',
    async act(page) {
      await page.getByRole('combobox', { name: 'Key' }).click();
      await page.locator('.ant-select-item-option', { hasText: 'Shop' }).click();
      await page.getByText('A live key').waitFor();
    },
  },
  {
    name: 'explorer-signature',
    path: '/explorer?action=MobileStatus',
    as: 'person',
    async act(page) {
      await page.getByRole('tab', { name: 'Signature' }).click();
      await page.getByLabel('SecretKey').fill('a secret that is typed');
      await page.getByText('Type the SecretId too').waitFor();
      await page.getByLabel('SecretId').fill('AKIDtyped');
      await page.locator('[data-code="Authorization header"]').waitFor();
    },
  },
  { name: 'explorer-own-call', path: '/explorer?action=verification-start', as: 'person' },
  {
    name: 'explorer-code',
    path: '/explorer?action=check-2e',
    as: 'nobody',
    async act(page) {
      await page.getByRole('tab', { name: 'Code' }).click();
      await page.locator('[data-sample]').waitFor();
    },
  },
  { name: 'reference', path: '/reference', as: 'nobody' },
  { name: 'reference-action', path: '/reference/tencent/PhoneVerification', as: 'nobody' },
  { name: 'reference-own-call', path: '/reference/lineproof/verification-check', as: 'nobody' },
  { name: 'sandbox', path: '/sandbox', as: 'nobody' },
  { name: 'sandbox-codes', path: '/sandbox?action=SendPhoneEmailCode&section=deliveries', as: 'nobody' },
  { name: 'number-ranges', path: '/number-ranges', as: 'nobody' },
  {
    name: 'doctor',
    path: '/doctor',
    as: 'person',
    async act(page) {
      await page.getByRole('textbox', { name: 'Request' }).fill(NO_SIGNATURE);
      await page.getByRole('button', { name: 'Examine' }).click();
      await page.getByText('The signature does not fit').waitFor();
    },
  },
  {
    name: 'doctor-failure',
    path: '/doctor',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Verdict/);
      await page.getByRole('dialog').getByText('The signature does not fit').waitFor();
    },
  },
  { name: 'sign-in', path: '/sign-in?next=%2Fkeys', as: 'nobody' },
  {
    name: 'sign-in-refused',
    path: '/sign-in',
    as: 'nobody',
    async act(page) {
      await page.getByLabel('E-mail address').fill('nobody@example.org');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'register', path: '/register', as: 'nobody' },
  { name: 'reset-password', path: '/reset-password', as: 'nobody' },
  { name: 'operator-sign-in-without-link', path: '/operator/sign-in', as: 'nobody' },
  { name: 'not-found', path: '/nothing', as: 'nobody' },
  { name: 'overview', path: '/overview', as: 'person' },
  { name: 'overview-sandbox', path: '/overview?of=sandbox', as: 'person' },
  { name: 'overview-empty', path: '/overview?of=sandbox&days=7', as: 'operator' },
  { name: 'service-acquired', path: '/services/line-status', as: 'person' },
  { name: 'keys', path: '/keys', as: 'person' },
  { name: 'key-create', path: '/keys?new=1', as: 'person' },
  {
    name: 'key-actions',
    path: '/keys',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Actions/);
      await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
    },
  },
  {
    name: 'key-create-limits',
    path: '/keys?new=1',
    as: 'person',
    async act(page) {
      await page.getByRole('button', { name: 'Limits' }).click();
      await page.getByLabel('Charged calls a day').waitFor();
    },
  },
  {
    name: 'key-edit',
    path: '/keys',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Actions/);
      await page.getByRole('menuitem', { name: 'Change' }).click();
      await page.getByRole('dialog').getByLabel('Name').waitFor();
    },
  },
  {
    name: 'key-delete',
    path: '/keys',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Actions/);
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'codes', path: '/codes', as: 'person' },
  {
    name: 'codes-detail',
    path: '/codes',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Details/);
      await page.getByRole('dialog').getByText('Last change').waitFor();
    },
  },
  { name: 'codes-outbox', path: '/codes/outbox', as: 'person' },
  { name: 'codes-templates', path: '/codes/templates', as: 'person' },
  {
    name: 'codes-template-edit',
    path: '/codes/templates',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Edit/);
      await page.getByRole('dialog').getByText('text message', { exact: false }).last().waitFor();
    },
  },
  { name: 'codes-guards', path: '/codes/guards', as: 'person' },
  { name: 'codes-settings', path: '/codes/settings', as: 'person' },
  { name: 'settings', path: '/settings', as: 'person' },
  {
    name: 'settings-authenticator',
    path: '/settings',
    as: 'person',
    async act(page) {
      await page.getByRole('button', { name: 'Set up an authenticator' }).click();
      await page.getByRole('dialog').getByLabel('Current password').fill(CONSOLE_PASSWORD);
      await page.getByRole('dialog').getByRole('button', { name: 'Next' }).click();
      await page.getByRole('img', { name: 'The secret as a QR code' }).waitFor();
    },
  },
  {
    name: 'settings-session-end',
    path: '/settings?sessions_ordering=used_at',
    as: 'person',
    async act(page) {
      await page.locator('button:enabled', { hasText: /^End$/ }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'settings-token',
    path: '/settings',
    as: 'person',
    async act(page) {
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'usage', path: '/usage', as: 'person' },
  { name: 'usage-empty', path: '/usage?created_at_to=2020-01-01', as: 'person' },
  {
    name: 'usage-detail',
    path: '/usage',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Details/);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'usage-entry',
    path: '/usage?outcome=known&sandbox=false',
    as: 'person',
    async act(page) {
      await pressFirst(page, /^Details/);
      await page.getByRole('button', { name: 'Verify this entry' }).click();
      await page.getByRole('dialog').getByRole('status').waitFor();
    },
  },
  ...OPERATOR_PAGES,
];
