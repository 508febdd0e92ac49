// Dates, numbers and money as the language writes them.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCurrency } from '../api/visitor.ts';
import { LOCALES, languageOf } from '../i18n/language.ts';
import { createMoneyFormat } from './money.ts';

export function useFormats() {
  const { i18n, t } = useTranslation();
  const locale = LOCALES[languageOf(i18n.language)];
  const currency = useCurrency();
  const code = currency?.code;
  const digits = currency?.minor_digits ?? 0;
  return useMemo(() => {
    const numbers = new Intl.NumberFormat(locale);
    const lists = new Intl.ListFormat(locale);
    const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
    const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const countries = new Intl.DisplayNames(locale, { type: 'region' });
    const or = (format: Intl.DateTimeFormat) => (text: string | null | undefined) =>
      text === null || text === undefined ? t('common.none') : format.format(new Date(text));
    return {
      list: (words: readonly string[]) => lists.format(words),
      number: (value: number) => numbers.format(value),
      time: or(times),
      day: or(days),
      /** Of an ISO 3166 code; what is none stays as it is. */
      country: (code: string) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
      /** Of minor units; a dash until it is known which. */
      money: code === undefined ? () => t('common.none') : createMoneyFormat(locale, code, digits),
    };
  }, [locale, code, digits, t]);
}
