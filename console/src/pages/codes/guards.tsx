// What guards refused, by guard and country with what that saved, and one by one with the reason.

import { useQuery } from '@tanstack/react-query';
import { Card, Col, Flex, Row, Select, Statistic, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { Problem } from '../../parts/problem.tsx';
import { RowFacts } from '../../parts/row-facts.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { GuardSums } from './guard-sums.tsx';

type Refusal = Answer<'GET /verifications/refusals'>['items'][number];
const PERIODS = [7, 30, 90];
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;

/** The first of so many days of UTC, today included. */
function startOf(days: number): string {
  return `${new Date(Date.now() - (days - 1) * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`;
}

export function Page() {
  const { t } = useTranslation();
  const { number, time, money, country: countryOf } = useFormats();
  const url = useUrlState();
  const days = PERIODS.find((one) => String(one) === url.get('days')) ?? USUAL_DAYS;
  const sums = useQuery({
    queryKey: ['guards', days],
    queryFn: () => call('GET /verifications/guards', { query: { since: startOf(days) } }),
    placeholderData: (before) => before,
  });
  const order = orderingOf(url, ['time'], '-time');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const refusals = useQuery({
    queryKey: ['refusals', query],
    queryFn: () => call('GET /verifications/refusals', { query }),
    placeholderData: (before) => before,
  });
  const amount = (minor: number) => <span className="figures">{money(minor)}</span>;

  return (
    <>
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBlockEnd: 16 }}>
        <Typography.Text type="secondary" style={{ flex: '1 1 300px' }}>
          {t('codes.guardsLead')}
        </Typography.Text>
        <Select
          aria-label={t('codes.since')}
          value={String(days)}
          style={{ minWidth: 150 }}
          options={PERIODS.map((count) => ({ value: String(count), label: t('overview.days', { count }) }))}
          onChange={(value) => url.change({ days: value === String(USUAL_DAYS) ? undefined : value })}
        />
      </Flex>
      {sums.isError && <Problem error={sums.error} retry={() => void sums.refetch()} />}
      <Row gutter={[16, 16]} style={{ marginBlockEnd: 16 }}>
        {(
          [
            [t('codes.refused'), sums.data?.count, number],
            [t('codes.savedMoney'), sums.data?.savedMinor, money],
          ] as const
        ).map(([title, value, format]) => (
          <Col key={title} xs={12} md={8}>
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
      {sums.data !== undefined && sums.data.items.length > 0 && <GuardSums sums={sums.data.items} />}
      <Listing<Refusal>
        rows={refusals}
        url={url}
        order={order}
        title={t('codes.recent')}
        rowKey={({ requestId, time: at }) => `${requestId} ${at}`}
        width={970}
        empty={<Empty title={t('codes.noRefusals')} text={t('codes.noRefusalsText')} />}
        columns={[
          {
            title: t('codes.time'),
            ...order.by('time', 'descend'),
            width: 200,
            render: (_, { time: at }) => <span className="figures">{time(at)}</span>,
          },
          { title: t('codes.to'), render: (_, { to }) => <code className="value">{to}</code> },
          { title: t('codes.guard'), render: (_, { guard }) => t(`codes.guard_${guard}`) },
          {
            title: t('codes.country'),
            width: 140,
            render: (_, { country }) => countryOf(country) || t('common.none'),
          },
          {
            title: t('codes.savedMoney'),
            width: 100,
            align: 'right',
            render: (_, { savedMinor }) => amount(savedMinor),
          },
          {
            title: t('codes.requestId'),
            width: 215,
            render: (_, { requestId }) => <code className="value">{requestId}</code>,
          },
        ]}
        narrow={[
          {
            title: t('codes.time'),
            ...order.by('time', 'descend'),
            render: (_, { time: at, to, guard, country, savedMinor, requestId }) => (
              <Flex vertical gap={8}>
                <Flex vertical gap={2}>
                  <code className="value">{to}</code>
                  <Typography.Text type="secondary" className="figures">
                    {time(at)}
                  </Typography.Text>
                </Flex>
                <RowFacts
                  facts={[
                    [t('codes.guard'), t(`codes.guard_${guard}`)],
                    [t('codes.country'), countryOf(country) || t('common.none')],
                    [t('codes.savedMoney'), amount(savedMinor)],
                    [
                      t('codes.requestId'),
                      <code key="id" className="value">
                        {requestId}
                      </code>,
                    ],
                  ]}
                />
              </Flex>
            ),
          },
        ]}
      />
    </>
  );
}
