// What one call cost, in words.

import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import type { UsageCall } from './usage.tsx';

export function useChargeText(): (call: UsageCall) => string {
  const { t } = useTranslation();
  const { money } = useFormats();
  return ({ metadata, deducted_amount: deducted }) => {
    if (!metadata.charged) return t('usage.free');
    return metadata.paid_by === 'quota' ? t('usage.byQuota') : money(deducted);
  };
}
