// What one call cost, in words.

import { useTranslation } from 'react-i18next';
import type { UsageCall } from './usage.tsx';

export function useChargeText(): (call: UsageCall) => string {
  const { t } = useTranslation();
  return ({ metadata, deducted_amount: deducted }) => {
    if (!metadata.charged) return t('usage.free');
    return metadata.paid_by === 'quota' ? t('usage.byQuota') : t('common.minorUnits', { count: deducted });
  };
}
