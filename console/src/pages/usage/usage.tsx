// The calls of the account, or of all accounts for an operator: filters in the address, pages from the server.

import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { useTimeZone, useVisitor } from '../../api/visitor.ts';
import { Empty } from '../../parts/empty.tsx';
import { Listing } from '../../parts/listing.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { AccountChoice } from './account-choice.tsx';
import { CallDetail } from './call-detail.tsx';
import { useUsageColumns } from './columns.tsx';
import { Filters } from './filters.tsx';

export type UsageCall = Answer<'GET /usage/apis'>['items'][number];
const FILTERS = [
  ...(['user_id', 'service_id', 'sandbox', 'protocol', 'outcome'] as const),
  ...(['created_at_from', 'created_at_to'] as const),
];

/** The same calls as a file, streamed by the server. */
function exportAddress(filters: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(filters).filter(([, value]) => value !== undefined) as [string, string][];
  return `/api/v1/usage/apis/export?${new URLSearchParams(pairs)}`;
}

export function Page() {
  const { t } = useTranslation();
  const isOperator = useVisitor()?.kind === 'operator';
  const zone = useTimeZone();
  const url = useUrlState();
  const order = orderingOf(url, ['created_at'], '-created_at');
  const [shown, setShown] = useState<UsageCall>();
  // Everybody else has one account, whatever an address says that an operator handed on.
  const names = FILTERS.filter((name) => isOperator || name !== 'user_id');
  const filters = Object.fromEntries(names.map((name) => [name, url.get(name)]));
  const isFiltered = names.some((name) => url.get(name) !== undefined);
  const page = { limit: String(url.limit), offset: String(url.offset), ordering: order.asked };
  const query = { ...filters, ...page };
  const calls = useQuery({
    queryKey: ['usage', query],
    queryFn: () => call('GET /usage/apis', { query }),
    // Not counted are the pages of a cursor alone.
    select: ({ count, items }) => ({ count: count ?? 0, items }),
    placeholderData: (before) => before,
  });
  const columns = useUsageColumns({ order, isOperator, onShow: setShown });
  const account = url.get('user_id');
  const ofAccount = (id: string | undefined) => url.change({ user_id: id });
  const known = calls.data?.items.find((one) => one.account?.id === account)?.account;

  return (
    <>
      <PageHead
        title={t('usage.title')}
        lead={t('usage.lead', { zone })}
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
      <Filters
        url={url}
        first={
          isOperator && <AccountChoice value={account} known={known ?? undefined} onChange={ofAccount} />
        }
      />
      <Listing<UsageCall>
        rows={calls}
        url={url}
        order={order}
        rowKey={({ id }) => id}
        {...columns}
        empty={
          <Empty title={t('usage.empty')} text={t('usage.emptyText')}>
            {isFiltered && (
              <Button onClick={() => url.change(Object.fromEntries(names.map((name) => [name, undefined])))}>
                {t('usage.clear')}
              </Button>
            )}
          </Empty>
        }
      />
      <CallDetail call={shown} onClose={() => setShown(undefined)} />
    </>
  );
}
