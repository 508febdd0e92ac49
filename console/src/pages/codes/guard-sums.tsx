// What guards refused in a time, summed up by guard and country, with what that saved.

import { Card, Flex, Grid, Table, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';

type Sum = Answer<'GET /verifications/guards'>['items'][number];

export function GuardSums({ sums }: { readonly sums: readonly Sum[] }) {
  const { t } = useTranslation();
  const { number, money, country: countryOf } = useFormats();
  const isWide = Grid.useBreakpoint().md === true;
  const placeOf = ({ country }: Sum) => countryOf(country) || t('common.none');
  const figures: TableColumnsType<Sum> = [
    {
      title: t('codes.count'),
      align: 'right',
      render: (_, { count }) => <span className="figures">{number(count)}</span>,
    },
    {
      title: t('codes.savedMoney'),
      align: 'right',
      render: (_, { savedMinor }) => <span className="figures">{money(savedMinor)}</span>,
    },
  ];
  const wide: TableColumnsType<Sum> = [
    { title: t('codes.guard'), render: (_, { guard }) => t(`codes.guard_${guard}`) },
    { title: t('codes.country'), render: (_, sum) => placeOf(sum) },
  ];
  const narrow: TableColumnsType<Sum> = [
    {
      title: t('codes.guard'),
      render: (_, sum) => (
        <Flex vertical gap={2}>
          {t(`codes.guard_${sum.guard}`)}
          <Typography.Text type="secondary">{placeOf(sum)}</Typography.Text>
        </Flex>
      ),
    },
  ];
  return (
    <Card title={t('codes.byGuard')} styles={{ body: { padding: 0 } }} style={{ marginBlockEnd: 16 }}>
      <Table<Sum>
        rowKey={({ guard, country }) => `${guard} ${country}`}
        size="middle"
        dataSource={[...sums]}
        pagination={false}
        columns={[...(isWide ? wide : narrow), ...figures]}
      />
    </Card>
  );
}
