// The language of a page of the console, switched as its visitor would; from behind an open dialog too, which stays open.

import type { Page } from 'playwright-core';

const NAMES = { en: 'English', zh: '中文' } as const;
const LOCALES = { en: 'en', zh: 'zh-CN' } as const;

export async function speak(page: Page, language: keyof typeof NAMES): Promise<void> {
  await page.locator('button:has(.anticon-global)').dispatchEvent('click');
  await page
    .getByRole('menuitem', { name: NAMES[language], includeHidden: true })
    .last()
    .dispatchEvent('click');
  await page.locator(`html[lang=${LOCALES[language]}]`).waitFor({ state: 'attached' });
  await page.locator('.ant-dropdown-menu', { hasText: NAMES[language] }).last().waitFor({ state: 'hidden' });
}
