// What became of a code and of its message, as marks.

import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { Mark } from '../../parts/mark.tsx';

export type Verification = Answer<'GET /verifications'>['items'][number];
const CODE_TONES = {
  pending: 'plain',
  verified: 'good',
  replaced: 'trial',
  expired: 'warning',
  exhausted: 'bad',
} as const;
const DELIVERY_TONES = {
  queued: 'trial',
  sent: 'plain',
  delivered: 'good',
  failed: 'bad',
  expired: 'warning',
} as const;

export const CODE_STATES = Object.keys(CODE_TONES) as (keyof typeof CODE_TONES)[];
export const DELIVERY_STATES = Object.keys(DELIVERY_TONES) as (keyof typeof DELIVERY_TONES)[];

export function CodeState({ of: { status } }: { readonly of: Verification }) {
  const { t } = useTranslation();
  return <Mark tone={CODE_TONES[status]}>{t(`codes.status_${status}`)}</Mark>;
}

export function DeliveryState({ of: { deliveryStatus: state } }: { readonly of: Verification }) {
  const { t } = useTranslation();
  return <Mark tone={DELIVERY_TONES[state]}>{t(`codes.delivery_${state}`)}</Mark>;
}
