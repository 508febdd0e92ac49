// English or Chinese, each loaded only when it is shown; what was chosen is kept in this browser.

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Texts } from './en.ts';

export type Language = 'en' | 'zh';
const KEPT_AS = 'lineproof.language';
const TEXTS: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: () => import('./en.ts').then(({ en }) => en),
  zh: () => import('./zh.ts').then(({ zh }) => zh),
};
/** Of dates and numbers. */
export const LOCALES = { en: 'en-GB', zh: 'zh-CN' } as const satisfies Record<Language, string>;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts };
  }
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({ resources: {}, interpolation: { escapeValue: false } });
  await show(firstLanguage());
}

export async function chooseLanguage(language: Language): Promise<void> {
  await show(language);
  localStorage.setItem(KEPT_AS, language);
}

async function show(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await TEXTS[language]());
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export function languageOf(text: string): Language {
  return text.startsWith('zh') ? 'zh' : 'en';
}

function firstLanguage(): Language {
  return languageOf(localStorage.getItem(KEPT_AS) ?? navigator.language);
}
