// What became of calls as stacked bars: charged, answered without a charge, errors.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sums } from './sums.ts';

export interface CallSeries {
  readonly key: keyof Pick<Sums, 'charged' | 'free' | 'errors'>;
  readonly name: string;
  /** The place of its colour. */
  readonly tone: 0 | 1 | 2;
}

/** In the sandbox nothing is charged. */
export function useCallSeries(sandbox: boolean): readonly CallSeries[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const errors: CallSeries = { key: 'errors', name: t('overview.errors'), tone: 2 };
    if (sandbox) return [{ key: 'free', name: t('overview.answered'), tone: 0 }, errors];
    return [
      { key: 'charged', name: t('overview.charged'), tone: 0 },
      { key: 'free', name: t('overview.free'), tone: 1 },
      errors,
    ];
  }, [sandbox, t]);
}
