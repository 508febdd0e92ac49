// The keys of the account: create, rotate, disable, delete; secrets are seen once.

import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Grid, Table, type TableColumnsType, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { RowFacts } from '../../parts/row-facts.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { CreateKey } from './create-key.tsx';
import { KeyActions } from './key-actions.tsx';
import { KeyFilters } from './key-filters.tsx';
import { type IssuedKey, NewSecret } from './new-secret.tsx';

export type Key = Answer<'GET /credentials'>['items'][number];

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const [issued, setIssued] = useState<IssuedKey>();
  const { limit, offset } = url;
  const order = orderingOf(url, ['name', 'expired_at', 'created_at'], 'created_at');
  const name = url.get('name')?.slice(0, 100);
  const disabled = ['true', 'false'].find((one) => one === url.get('disabled'));
  const query = {
    ...{ limit, offset, ordering: order.asked, name },
    disabled: disabled === undefined ? undefined : disabled === 'true',
  };
  const isFiltered = name !== undefined || disabled !== undefined;
  const keys = useQuery({
    queryKey: ['keys', query],
    queryFn: () => call('GET /credentials', { query }),
    placeholderData: (before) => before,
  });
  const isCreating = url.get('new') === '1';
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => url.change({ new: '1' }, true)}>
      {t('keys.create')}
    </Button>
  );

  return (
    <>
      <PageHead title={t('keys.title')} lead={t('keys.lead')} actions={create} />
      <KeyFilters key={String(name === undefined)} url={url} name={name} disabled={disabled} />
      {keys.isError && <Problem error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.count === 0 ? (
        <Card>
          {isFiltered ? (
            <Empty title={t('keys.noneFits')}>
              <Button onClick={() => url.change({ name: undefined, disabled: undefined })}>
                {t('usage.clear')}
              </Button>
            </Empty>
          ) : (
            <Empty title={t('keys.empty')} text={t('keys.emptyText')} />
          )}
        </Card>
      ) : (
        <KeyTable
          keys={keys.data?.items ?? []}
          isLoading={keys.isFetching}
          order={order}
          pagination={url.pagination(keys.data?.count ?? 0, (count) => t('common.total', { count }))}
          onIssued={setIssued}
        />
      )}
      <CreateKey
        isOpen={isCreating}
        onClose={() => url.change({ new: undefined }, true)}
        onIssued={(key) => {
          url.change({ new: undefined }, true);
          setIssued(key);
        }}
      />
      <NewSecret issued={issued} onClose={() => setIssued(undefined)} />
    </>
  );
}

interface TableProps {
  readonly keys: readonly Key[];
  readonly isLoading: boolean;
  readonly pagination: ReturnType<ReturnType<typeof useUrlState>['pagination']>;
  readonly order: ReturnType<typeof orderingOf<'name' | 'expired_at' | 'created_at'>>;
  readonly onIssued: (issued: IssuedKey) => void;
}

function KeyTable({ keys, isLoading, pagination, order, onIssued }: TableProps) {
  const { t } = useTranslation();
  const { day, number, time } = useFormats();
  const isWide = Grid.useBreakpoint().md === true;
  const usedOf = ({ limited_amount: limit, used }: Key) =>
    limit === null
      ? t('common.none')
      : t('keys.usedOf', { used: number(used.limited_amount ?? 0), limit: number(limit) });
  const nameOf = (key: Key) => (
    <Flex vertical gap={2}>
      <span>
        <Typography.Text strong>{key.name === '' ? t('keys.unnamed') : key.name}</Typography.Text>{' '}
        {key.sandbox ? (
          <Mark tone="trial">{t('keys.sandbox')}</Mark>
        ) : (
          <Mark tone="plain">{t('keys.live')}</Mark>
        )}
      </span>
      <code className="value">{key.secret_id}</code>
    </Flex>
  );
  const tokenOf = ({ token }: Key) => (
    <code className="value" style={{ whiteSpace: 'nowrap' }}>
      {token}
    </code>
  );
  const lastUseOf = ({ last_used_at: at }: Key) => (
    <span title={at === null ? undefined : time(at)}>{day(at)}</span>
  );
  const expiryOf = ({ expired_at: at }: Key) => (at === null ? t('common.never') : day(at));
  const stateOf = ({ disabled }: Key) =>
    disabled ? (
      <Mark tone="warning">{t('keys.disabled')}</Mark>
    ) : (
      <Mark tone="good">{t('keys.enabled')}</Mark>
    );
  const actionsOf = (key: Key) => <KeyActions credential={key} onIssued={onIssued} />;
  const narrow: TableColumnsType<Key> = [
    {
      title: t('keys.name'),
      ...order.by('name'),
      render: (_, key) => (
        <Flex vertical gap={8}>
          <Flex justify="space-between" align="flex-start" gap={8}>
            {nameOf(key)}
            <Flex align="center" gap={4}>
              {stateOf(key)}
              {actionsOf(key)}
            </Flex>
          </Flex>
          <RowFacts
            facts={[
              [t('keys.token'), tokenOf(key)],
              [t('keys.used'), usedOf(key)],
              [t('keys.lastUsed'), lastUseOf(key)],
              [t('keys.expires'), expiryOf(key)],
            ]}
          />
        </Flex>
      ),
    },
  ];
  const wide: TableColumnsType<Key> = [
    { title: t('keys.name'), ...order.by('name'), width: 182, render: (_, key) => nameOf(key) },
    { title: t('keys.token'), width: 125, render: (_, key) => tokenOf(key) },
    {
      title: t('keys.used'),
      width: 100,
      align: 'right',
      render: (_, key) => <span className="figures">{usedOf(key)}</span>,
    },
    { title: t('keys.lastUsed'), width: 126, render: (_, key) => lastUseOf(key) },
    {
      title: t('keys.expires'),
      ...order.by('expired_at'),
      width: 126,
      render: (_, key) => expiryOf(key),
    },
    {
      title: t('keys.created'),
      ...order.by('created_at', 'descend'),
      width: 128,
      render: (_, { created_at: at }) => day(at),
    },
    { title: t('keys.state'), width: 100, render: (_, key) => stateOf(key) },
    {
      title: t('common.actions'),
      key: 'actions',
      width: 85,
      align: 'right',
      render: (_, key) => actionsOf(key),
    },
  ];
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<Key>
        rowKey="id"
        dataSource={[...keys]}
        loading={isLoading}
        pagination={{ ...pagination, style: { paddingInline: 16 } }}
        {...(isWide ? { scroll: { x: 972 } } : {})}
        onChange={order.onChange}
        columns={isWide ? wide : narrow}
      />
    </Card>
  );
}
