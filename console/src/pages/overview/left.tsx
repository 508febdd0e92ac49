// What an account has left: money, and free calls of each service.

import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Answer } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { useServiceTitles } from '../services/service-titles.ts';

export function Left({ balance }: { readonly balance: Answer<'GET /balance'> }) {
  const { t } = useTranslation();
  const { money } = useFormats();
  const serviceTitle = useServiceTitles();
  return (
    <Card title={t('overview.left')} style={{ height: '100%' }}>
      <Descriptions
        column={1}
        size="small"
        styles={{ content: { justifyContent: 'flex-end' } }}
        items={[
          {
            key: '',
            label: t('overview.balance'),
            children: <span className="figures">{money(balance.balance)}</span>,
          },
          ...balance.services.map(({ alias, remaining_amount: calls }) => ({
            key: alias,
            label: <Link to={`/services/${alias}`}>{serviceTitle(alias)}</Link>,
            children: <span className="figures">{t('overview.freeCalls', { count: calls })}</span>,
          })),
        ]}
      />
    </Card>
  );
}
