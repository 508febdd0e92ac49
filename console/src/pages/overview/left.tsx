// What an account has left: money, and free calls of each service.

import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Answer, call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { useServiceWords } from '../services/service-words.ts';

export function Left({ balance }: { readonly balance: Answer<'GET /balance'> }) {
  const { t } = useTranslation();
  const { money } = useFormats();
  const words = useServiceWords();
  const services = useQuery({
    queryKey: ['services'],
    queryFn: () => call('GET /services', { query: { limit: 100 } }),
  });
  const titleOf = (alias: string) => {
    const service = services.data?.items.find((one) => one.alias === alias);
    return service === undefined ? alias : words.title(service);
  };
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
            label: <Link to={`/services/${alias}`}>{titleOf(alias)}</Link>,
            children: <span className="figures">{t('overview.freeCalls', { count: calls })}</span>,
          })),
        ]}
      />
    </Card>
  );
}
