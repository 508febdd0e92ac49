// The calls of the account, or of all accounts for an operator: filters in the address, pages from the server.

import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { CallDetail } from './call-detail.tsx';
import { useChargeText } from './charge-text.ts';
import { Filters } from './filters.tsx';

export type UsageCall = Answer<'GET /usage/apis'>['items'][number];
const FILTERS = ['service_id', 'sandbox', 'protocol', 'outcome', 'created_at_from', 'created_at_to'] as const;

/** The same calls as a file, streamed by the server. */
function exportAddress(filters: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(filters).filter(([, value]) => value !== undefined) as [string, string][];
  return `/api/v1/usage/apis/export?${new URLSearchParams(pairs)}`;
}

export function Page() {
  const { t } = useTranslation();
  const { time, number } = useFormats();
  const chargeText = useChargeText();
  const url = useUrlState();
  const order = orderingOf(url, ['created_at'], '-created_at');
  const [shown, setShown] = useState<UsageCall>();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, url.get(name)]));
  const isFiltered = FILTERS.some((name) => url.get(name) !== undefined);
  const page = { limit: String(url.limit), offset: String(url.offset), ordering: order.asked };
  const query = { ...filters, ...page };
  const calls = useQuery({
    queryKey: ['usage', query],
    queryFn: () => call('GET /usage/apis', { query: query }),
    placeholderData: (before) => before,
  });

  return (
    <>
      <PageHead
        title={t('usage.title')}
        lead={t('usage.lead')}
        actions={
          <>
            <Button icon={<DownloadOutlined />} href={exportAddress(filters)} download>
              {t('usage.export')}
            </Button>
            <Button onClick={() => void calls.refetch()} loading={calls.isFetching}>
              {t('common.refresh')}
            </Button>
          </>
        }
      />
      <Filters url={url} />
      {calls.isError && <Problem error={calls.error} retry={() => void calls.refetch()} />}
      {calls.data?.count === 0 ? (
        <Card>
          <Empty title={t('usage.empty')} text={t('usage.emptyText')}>
            {isFiltered && (
              <Button
                onClick={() => url.change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
              >
                {t('usage.clear')}
              </Button>
            )}
          </Empty>
        </Card>
      ) : (
        <Card styles={{ body: { padding: 0 } }}>
          <Table<UsageCall>
            rowKey="id"
            size="middle"
            dataSource={[...(calls.data?.items ?? [])]}
            loading={calls.isPending}
            scroll={{ x: 1000 }}
            onChange={order.onChange}
            pagination={{
              ...url.pagination(calls.data?.count ?? 0, (count) => t('common.total', { count })),
              style: { paddingInline: 16 },
            }}
            columns={[
              {
                title: t('usage.time'),
                ...order.by('created_at', 'descend'),
                width: 215,
                render: (_, { started_at: at }) => <span className="figures">{time(at)}</span>,
              },
              {
                title: t('usage.action'),
                render: (_, { metadata }) => <code className="value">{metadata.action}</code>,
              },
              {
                title: t('usage.outcome'),
                render: (_, { metadata }) => (
                  <>
                    <code className="value">{metadata.outcome}</code>{' '}
                    {metadata.sandbox && <Mark tone="trial">{t('usage.sandbox')}</Mark>}
                  </>
                ),
              },
              {
                title: t('usage.result'),
                width: 110,
                render: (_, { metadata }) => (
                  <code className="value">{metadata.result || t('common.none')}</code>
                ),
              },
              {
                title: t('usage.elapsed'),
                width: 100,
                align: 'right',
                render: (_, { elapsed }) => (
                  <span className="figures">
                    {elapsed === null
                      ? t('common.none')
                      : t('usage.ms', { count: Number((elapsed * 1000).toFixed(1)) })}
                  </span>
                ),
              },
              {
                title: t('usage.charge'),
                width: 130,
                align: 'right',
                render: (_, row) => <span className="figures">{chargeText(row)}</span>,
              },
              {
                title: <span className="skip-link">{t('common.details')}</span>,
                key: 'details',
                width: 100,
                align: 'right',
                render: (_, row) => (
                  <Button
                    size="small"
                    onClick={() => setShown(row)}
                    aria-label={`${t('common.details')}: ${number(Number(row.id))}`}
                  >
                    {t('common.details')}
                  </Button>
                ),
              },
            ]}
          />
        </Card>
      )}
      <CallDetail call={shown} onClose={() => setShown(undefined)} />
    </>
  );
}
