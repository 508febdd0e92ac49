// What was called, what came of it, how long it took and what is left: figures, charts by day, tables. Live while it is seen.

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Col, Flex, Row, Segmented, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/call.ts';
import { useTimeZone, useVisitor } from '../../api/visitor.ts';
import { ActionName } from '../../parts/call-names.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { dateIn } from '../../parts/ledger-days.ts';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { CHART_HEIGHT } from './chart-height.ts';
import { Figures } from './figures.tsx';
import { Left } from './left.tsx';
import { Outcomes } from './outcomes.tsx';
import { SumTable } from './sum-table.tsx';
import { type Breakdown, byAction, byDate, sumBy } from './sums.ts';

const ActionChart = lazy(() =>
  import('./overview-charts.tsx').then(({ ActionChart }) => ({ default: ActionChart })),
);
const DayChart = lazy(() => import('./overview-charts.tsx').then(({ DayChart }) => ({ default: DayChart })));
const LatencyChart = lazy(() =>
  import('./overview-charts.tsx').then(({ LatencyChart }) => ({ default: LatencyChart })),
);
const PERIODS = [7, 30, 90];
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;
const LIVE_EVERY_MS = 10_000;

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const visitor = useVisitor();
  const zone = useTimeZone() ?? 'UTC';
  const days = PERIODS.find((one) => String(one) === url.get('days')) ?? USUAL_DAYS;
  const sandbox = url.get('of') === 'sandbox';
  const usage = useQuery({
    queryKey: ['aggregate', days, sandbox],
    queryFn: () =>
      call('GET /usage/apis/breakdown', {
        query: {
          date_from: dateIn(zone, Date.now() - (days - 1) * DAY_MS),
          sandbox: String(sandbox) as 'true' | 'false',
        },
      }),
    refetchInterval: LIVE_EVERY_MS,
    placeholderData: (before) => before,
  });
  const isPerson = visitor?.kind === 'person';
  const balance = useQuery({
    queryKey: ['balance'],
    queryFn: () => call('GET /balance', {}),
    enabled: isPerson,
    refetchInterval: LIVE_EVERY_MS,
  });
  const isOperator = visitor?.kind === 'operator';
  const funds = useQuery({
    queryKey: ['funds-left'],
    queryFn: () => call('GET /operator/funds', {}),
    enabled: isOperator,
    refetchInterval: LIVE_EVERY_MS,
  });
  const all = usage.data === undefined ? undefined : sumBy(usage.data, sandbox, () => '')[0];
  const isLeftShown = !sandbox && balance.data !== undefined;
  const sum = (calls: readonly number[]) => calls.reduce((total, one) => total + one, 0);
  const left = isOperator
    ? {
        balance: funds.data?.balance,
        quota: funds.data && sum(Object.values(funds.data.quota as Readonly<Record<string, number>>)),
      }
    : {
        balance: balance.data?.balance,
        quota: balance.data && sum(balance.data.services.map((one) => one.remaining_amount)),
      };

  return (
    <>
      <PageHead
        title={t('overview.title')}
        lead={t('overview.lead', { zone })}
        actions={
          <Flex gap={8} wrap>
            <Segmented
              aria-label={t('overview.of')}
              value={sandbox ? 'sandbox' : 'live'}
              options={[
                { value: 'live', label: t('usage.live') },
                { value: 'sandbox', label: t('usage.rehearsed') },
              ]}
              onChange={(value) => url.change({ of: value === 'live' ? undefined : value })}
            />
            <Select
              aria-label={t('overview.period')}
              value={String(days)}
              style={{ minWidth: 150 }}
              options={PERIODS.map((count) => ({
                value: String(count),
                label: t('overview.days', { count }),
              }))}
              onChange={(value) => url.change({ days: value === String(USUAL_DAYS) ? undefined : value })}
            />
          </Flex>
        }
      />
      {usage.isError && <Problem error={usage.error} retry={() => void usage.refetch()} />}
      <Figures
        all={all}
        latency={usage.data?.latency.all ?? null}
        sandbox={sandbox}
        left={left}
        isOfAll={isOperator}
      />
      {usage.isPending && !usage.isError && <Loading />}
      {usage.data !== undefined && all === undefined && (
        <Card>
          <Empty
            title={t('overview.empty')}
            text={t(
              sandbox ? 'overview.emptySandbox' : isOperator ? 'overview.emptyOfAll' : 'overview.emptyText',
            )}
          >
            <Flex gap={8} justify="center" wrap>
              {placesOf(sandbox, isOperator).map((place, index) => (
                <Link key={place} to={`/${place}`}>
                  <Button type={index === 0 ? 'primary' : 'default'}>{t(`nav.${place}`)}</Button>
                </Link>
              ))}
            </Flex>
          </Empty>
        </Card>
      )}
      {usage.data !== undefined && all !== undefined && (
        <>
          <Charts breakdown={usage.data} sandbox={sandbox} />
          <Row gutter={[16, 16]} style={{ marginBlockEnd: 16 }}>
            <Col xs={24} lg={isLeftShown ? 14 : 24}>
              <Outcomes breakdown={usage.data} />
            </Col>
            {isLeftShown && balance.data !== undefined && (
              <Col xs={24} lg={10}>
                <Left balance={balance.data} />
              </Col>
            )}
          </Row>
          <Tables breakdown={usage.data} sandbox={sandbox} />
        </>
      )}
    </>
  );
}

/** Where a first call begins: the pages that this visitor has. */
function placesOf(sandbox: boolean, isOperator: boolean) {
  if (sandbox) return ['sandbox'] as const;
  return isOperator ? (['explorer', 'accounts'] as const) : (['keys'] as const);
}

interface PartProps {
  readonly breakdown: Breakdown;
  readonly sandbox: boolean;
}

/** One day alone is told by the figures: a line needs two. */
function Charts({ breakdown, sandbox }: PartProps) {
  const { t } = useTranslation();
  const hasLine = !sandbox && breakdown.latency.days.length > 1;
  return (
    <Row gutter={[16, 16]} style={{ marginBlockEnd: 16 }}>
      <Col xs={24} xl={12}>
        <Card title={t('overview.perDay')}>
          <Suspense fallback={<ChartPlace />}>
            <DayChart breakdown={breakdown} sandbox={sandbox} />
          </Suspense>
        </Card>
      </Col>
      {hasLine && (
        <Col xs={24} xl={12}>
          <Card title={t('overview.latencyPerDay')}>
            <Suspense fallback={<ChartPlace />}>
              <LatencyChart breakdown={breakdown} />
            </Suspense>
          </Card>
        </Col>
      )}
      <Col xs={24} xl={hasLine ? 24 : 12}>
        <Card title={t('overview.callsPerAction')}>
          <Suspense fallback={<ChartPlace />}>
            <ActionChart breakdown={breakdown} sandbox={sandbox} />
          </Suspense>
        </Card>
      </Col>
    </Row>
  );
}

/** As high as the chart will be. */
function ChartPlace() {
  return (
    <div style={{ height: CHART_HEIGHT }}>
      <Loading />
    </div>
  );
}

function Tables({ breakdown, sandbox }: PartProps) {
  const { t } = useTranslation();
  const { day } = useFormats();
  const { actions, days } = breakdown.latency;
  const ofAction = new Map(actions.map((one) => [byAction(one), one]));
  const ofDay = new Map(days.map((one) => [one.date, one]));
  const perAction = sumBy(breakdown, sandbox, byAction, (name) => ofAction.get(name));
  const perDay = sumBy(breakdown, sandbox, byDate, (name) => ofDay.get(name));
  return (
    <>
      <SumTable
        title={t('overview.perAction')}
        first={t('usage.action')}
        rows={perAction.toSorted((one, other) => other.calls - one.calls)}
        sandbox={sandbox}
        nameOf={({ name, protocol }) => (
          <ActionName protocol={protocol} action={name.slice(protocol.length + 1)} />
        )}
        hasProtocol
      />
      <SumTable
        title={t('overview.asTable')}
        first={t('overview.day')}
        rows={perDay.toSorted((one, other) => other.name.localeCompare(one.name))}
        sandbox={sandbox}
        nameOf={({ name }) => day(`${name}T12:00:00`)}
      />
    </>
  );
}
