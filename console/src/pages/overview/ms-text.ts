// Milliseconds with as many digits as are known of them.

import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

export function useMsText(): (ms: number) => string {
  const { t } = useTranslation();
  return useCallback((ms) => t('usage.ms', { count: Number(ms.toPrecision(ms < 100 ? 2 : 3)) }), [t]);
}
