// What became of the calls: each outcome and error with its part of them all.

import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { OutcomeName } from '../../parts/call-names.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import type { Breakdown } from './sums.ts';

export function Outcomes({ breakdown }: { readonly breakdown: Breakdown }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const sums = [...Map.groupBy(breakdown.outcomes, ({ outcome }) => outcome)]
    .map(([outcome, rows]) => ({
      outcome,
      of: rows[0],
      isError: rows[0]?.error === true,
      calls: rows.reduce((sum, { requests }) => sum + requests, 0),
    }))
    .sort((one, other) => other.calls - one.calls);
  const all = sums.reduce((sum, { calls }) => sum + calls, 0);
  return (
    <Card title={t('overview.outcomes')} style={{ height: '100%' }}>
      <ul className="shares">
        {sums.map(({ outcome, of, isError, calls }) => (
          <li key={outcome}>
            <span className="share-name">
              <OutcomeName protocol={of?.protocol ?? ''} action={of?.action ?? ''} outcome={outcome} />{' '}
              {isError && <Mark tone="bad">{t('overview.error')}</Mark>}
            </span>
            <span className="figures">
              {number(calls)} · {t('overview.share', { share: calls / all })}
            </span>
            <span
              className={isError ? 'share-bar share-bad' : 'share-bar'}
              style={{ width: `${(100 * calls) / all}%` }}
              aria-hidden
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
