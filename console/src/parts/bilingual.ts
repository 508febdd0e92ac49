// Texts that the server has in both languages, in the one that is shown.

import { useTranslation } from 'react-i18next';
import { languageOf } from '../i18n/language.ts';

export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

export function useBilingual(): (text: Bilingual) => string {
  const { i18n } = useTranslation();
  const language = languageOf(i18n.language);
  return (text) => text[language];
}
