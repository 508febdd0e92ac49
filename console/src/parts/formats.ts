// Dates and numbers as the language writes them.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LOCALES, languageOf } from '../i18n/language.ts';

export function useFormats() {
  const { i18n, t } = useTranslation();
  const locale = LOCALES[languageOf(i18n.language)];
  return useMemo(() => {
    const numbers = new Intl.NumberFormat(locale);
    const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
    const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const or = (format: Intl.DateTimeFormat) => (text: string | null | undefined) =>
      text === null || text === undefined ? t('common.none') : format.format(new Date(text));
    return { number: (value: number) => numbers.format(value), time: or(times), day: or(days) };
  }, [locale, t]);
}
