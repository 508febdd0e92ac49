// Sizes of files as people read them, in the units of disks.

import { useTranslation } from 'react-i18next';
import { LOCALES, languageOf } from '../i18n/language.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEP = 1000;

export function useBytes(): (bytes: number) => string {
  const { i18n } = useTranslation();
  const locale = LOCALES[languageOf(i18n.language)];
  return (bytes) => {
    const power = bytes < STEP ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
    const unit = UNITS[power] ?? 'byte';
    const format = { style: 'unit', unit, maximumSignificantDigits: 3 } as const;
    return new Intl.NumberFormat(locale, format).format(bytes / STEP ** power);
  };
}
