// What was called, what came of it and what is left: figures, a chart by day, a table by question.

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Col, Row, Select, Statistic, Table } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Answer, call } from '../../api/call.ts';
import { useVisitor } from '../../api/visitor.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { type Sums, sumBy } from './sums.ts';

export type UsageDay = Answer<'GET /usage/apis/aggregate'>['items'][number];
const DayChart = lazy(() => import('./day-chart.tsx'));
const PERIODS = [7, 30, 90];
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;
const LIVE_EVERY_MS = 10_000;

function dateBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const visitor = useVisitor();
  const days = PERIODS.find((one) => String(one) === url.get('days')) ?? USUAL_DAYS;
  const usage = useQuery({
    queryKey: ['aggregate', days],
    queryFn: () => call('GET /usage/apis/aggregate', { query: { date_from: dateBefore(days - 1) } }),
    refetchInterval: LIVE_EVERY_MS,
    placeholderData: (before) => before,
  });
  const items = usage.data?.items ?? [];

  return (
    <>
      <PageHead
        title={t('overview.title')}
        lead={t('overview.lead')}
        actions={
          <Select
            aria-label={t('overview.period')}
            value={String(days)}
            style={{ minWidth: 150 }}
            options={PERIODS.map((count) => ({ value: String(count), label: t('overview.days', { count }) }))}
            onChange={(value) => url.change({ days: value === String(USUAL_DAYS) ? undefined : value })}
          />
        }
      />
      {usage.isError && <Problem error={usage.error} retry={() => void usage.refetch()} />}
      <Figures items={items} hasFunds={visitor?.kind === 'person'} />
      {usage.isPending && !usage.isError && <Loading />}
      {usage.data !== undefined && items.length === 0 && (
        <Card>
          <Empty title={t('overview.empty')} text={t('overview.emptyText')}>
            {visitor?.kind === 'person' && (
              <Link to="/keys">
                <Button type="primary">{t('nav.keys')}</Button>
              </Link>
            )}
          </Empty>
        </Card>
      )}
      {items.length > 0 && (
        <>
          <Card title={t('overview.perDay')} style={{ marginBlockEnd: 16 }}>
            <Suspense fallback={<div style={{ height: 320 }} />}>
              <DayChart items={items} days={days} />
            </Suspense>
          </Card>
          <SumTable
            title={t('overview.perAction')}
            first={t('usage.action')}
            rows={sumBy(items, (day) => day.action)}
          />
          <SumTable
            title={t('overview.asTable')}
            first={t('overview.day')}
            rows={sumBy(items, (day) => day.date).sort((a, b) => b.name.localeCompare(a.name))}
          />
        </>
      )}
    </>
  );
}

function Figures({ items, hasFunds }: { readonly items: readonly UsageDay[]; readonly hasFunds: boolean }) {
  const { t } = useTranslation();
  const { number, money } = useFormats();
  const balance = useQuery({
    queryKey: ['balance'],
    queryFn: () => call('GET /balance', {}),
    enabled: hasFunds,
  });
  const [all] = sumBy(items, () => '');
  const quota = balance.data?.services.reduce((sum, one) => sum + one.remaining_amount, 0);
  const figures: readonly (readonly [string, number | undefined, (value: number) => string])[] = [
    [t('overview.requests'), all?.requests ?? 0, number],
    [t('overview.charged'), all?.charged ?? 0, number],
    [t('overview.refused'), all?.refused ?? 0, number],
    [t('overview.spent'), all?.amount ?? 0, money],
    ...(hasFunds
      ? ([
          [t('overview.balance'), balance.data?.balance, money],
          [t('overview.quota'), quota, number],
        ] as const)
      : []),
  ];
  return (
    <Row gutter={[16, 16]} style={{ marginBlockEnd: 16 }}>
      {figures.map(([title, value, format]) => (
        <Col key={title} xs={12} md={8} xl={hasFunds ? 4 : 6}>
          <Card size="small" style={{ height: '100%' }}>
            <Statistic
              title={title}
              value={value === undefined ? t('common.none') : format(value)}
              styles={{ content: { fontVariantNumeric: 'tabular-nums', fontSize: 24 } }}
            />
          </Card>
        </Col>
      ))}
    </Row>
  );
}

interface SumTableProps {
  readonly title: string;
  readonly first: string;
  readonly rows: readonly Sums[];
}

function SumTable({ title, first, rows }: SumTableProps) {
  const { t } = useTranslation();
  const { number, money } = useFormats();
  const column = (
    name: 'requests' | 'charged' | 'refused' | 'sandbox' | 'amount',
    label: string,
    format = number,
  ) => ({
    title: label,
    dataIndex: name,
    align: 'right' as const,
    render: (value: number) => <span className="figures">{format(value)}</span>,
  });
  return (
    <Card title={title} styles={{ body: { padding: 0 } }} style={{ marginBlockEnd: 16 }}>
      <Table<Sums>
        rowKey="name"
        size="middle"
        dataSource={[...rows]}
        pagination={
          rows.length > 10 ? { pageSize: 10, showSizeChanger: false, style: { paddingInline: 16 } } : false
        }
        scroll={{ x: 620 }}
        columns={[
          { title: first, dataIndex: 'name' },
          column('requests', t('overview.requests')),
          column('charged', t('overview.charged')),
          column('refused', t('overview.refused')),
          column('sandbox', t('overview.sandbox')),
          column('amount', t('overview.spent'), money),
        ]}
      />
    </Card>
  );
}
