// What the elements of a registry's row are called: statuses, carriers, bands of tenure.

import { useTranslation } from 'react-i18next';

const STATUSES = [
  ...(['normal', 'suspended', 'cancelled', 'vacant'] as const),
  ...(['not_in_network', 'unusable', 'unknown'] as const),
] as const;
const CARRIERS = ['mobile', 'telecom', 'unicom', 'broadnet'] as const;
/** As the server writes it: '[3,6)', '[24,+)'. */
const BAND = /^\[(\d+),(\d+|\+)\)$/;

export function useRowWords() {
  const { t } = useTranslation();
  return {
    status(code: string): string {
      const known = STATUSES.find((one) => one === code);
      return known === undefined ? code : t(`registry.status_${known}`);
    },
    /** Any name may stand there. */
    carrier(code: string): string {
      const known = CARRIERS.find((one) => one === code);
      if (code === '') return t('registry.notRecorded');
      return known === undefined ? code : t(`registry.carrier_${known}`);
    },
    tenure(band: string): string {
      const [, from = '', to = ''] = BAND.exec(band) ?? [];
      if (from === '') return t('registry.notRecorded');
      if (to === '+') return t('registry.monthsFrom', { from });
      const last = String(Number(to) - 1);
      return t('registry.months', { range: last === from ? from : `${from}–${last}` });
    },
  };
}

/** Why a row is not accepted; a reason that is new here stands as it is. */
export function useReasonText(): (code: string) => string {
  const { t, i18n } = useTranslation();
  return (code) =>
    i18n.exists(`registry.reason_${code}` as string)
      ? t(`registry.reason_${code as 'msisdn_invalid'}`)
      : code;
}
