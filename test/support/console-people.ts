// What a person does in the console before a test begins with something: signing up in the browser, an operator entering.

import type { Page } from 'playwright-core';
import { codeMailedTo } from './mailed-code.ts';
import type { RunningServer } from './start-server.ts';

export const CONSOLE_PASSWORD = 'seven green bicycles';

/** On the page of registration, as it was reached; ends where the console leads afterwards. */
export async function registerOnPage(page: Page, server: RunningServer, email: string): Promise<void> {
  const send = page.getByRole('button', { name: 'Send me a code' });
  // The page of signing in, which may still be there, has fields of the same names.
  await send.waitFor();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(CONSOLE_PASSWORD);
  await send.click();
  await page.getByRole('textbox', { name: 'Code' }).fill(await codeMailedTo(server, email));
  await page.getByRole('button', { name: 'Confirm' }).click();
}

export async function enterAsOperator(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/overview');
}
