// Where an action is called, how often it may be, what it costs.

import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Action } from '../../api/actions.ts';
import { Price } from './price.tsx';

interface Props {
  readonly action: Action;
  readonly dailyLimit: number;
}

export function Facts({ action, dailyLimit }: Props) {
  const { t } = useTranslation();
  const { protocol, host, product, version, path, method, daily_limited: limited } = action;
  const sealed = action.fields.filter(({ encryptable }) => encryptable).map(({ name }) => name);
  const rows = [
    [
      t('reference.path'),
      <code className="value" key="path">
        {method} {location.origin}
        {path}
      </code>,
    ],
    ...(host === '' ? [] : [[t('reference.host'), t('reference.hostHelp', { host })]]),
    ...(protocol === 'tencent'
      ? [
          [t('reference.product'), product],
          [t('reference.version'), version],
        ]
      : []),
    [t('reference.rate'), t('reference.rateText', { count: action.rate_per_second })],
    [
      t('reference.daily'),
      limited.length === 0
        ? t('reference.unlimited')
        : t('reference.dailyText', { count: dailyLimit, fields: limited.join(', ') }),
    ],
    [t('reference.price'), <Price key="price" cost={action.cost} />],
    ...(sealed.length === 0
      ? []
      : [[t('reference.encryption'), t('reference.encryptionText', { fields: sealed.join(', ') })]]),
    ...(action.results.some(({ outcome }) => outcome === 'range_unsupported')
      ? [
          [
            t('reference.numbers'),
            <Link key="ranges" to="/number-ranges">
              {t('ranges.title')}
            </Link>,
          ],
        ]
      : []),
  ] as const;
  return (
    <Card>
      <Descriptions
        column={1}
        size="small"
        styles={{ label: { minWidth: 130 } }}
        items={rows.map(([label, children]) => ({ key: String(label), label, children }))}
      />
    </Card>
  );
}
