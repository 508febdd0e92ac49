// An operator's list of accounts: find one by name and state, or by its holder's address, which is nobody's to find in a history.

import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Input, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Answer, call } from '../../api/call.ts';
import { FittingTable } from '../../parts/fitting-table.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { useServiceTitles } from '../services/service-titles.ts';
import { ACCOUNT_TONES, AccountActions } from './account-actions.tsx';

type Account = Answer<'GET /operator/accounts'>['items'][number];
const STATES = ['active', 'unverified', 'suspended'] as const;

export function Page() {
  const { t } = useTranslation();
  const { day } = useFormats();
  const serviceTitle = useServiceTitles();
  const url = useUrlState();
  const order = orderingOf(url, ['name', 'created_at'], 'created_at');
  const query = {
    limit: url.limit,
    offset: url.offset,
    ordering: order.asked,
    name: url.get('name'),
    state: STATES.find((one) => one === url.get('state')),
  };
  const [email, setEmail] = useState('');
  const accounts = useQuery({
    queryKey: ['accounts', email === '' ? query : { email }],
    queryFn: () =>
      email === ''
        ? call('GET /operator/accounts', { query })
        : call('POST /operator/accounts/search', { body: { email } }),
    placeholderData: (before) => before,
  });

  return (
    <>
      <PageHead title={t('accounts.title')} lead={t('accounts.lead')} />
      <Flex gap={8} wrap style={{ marginBlockEnd: 16 }} role="search" aria-label={t('accounts.title')}>
        <Input.Search
          aria-label={t('accounts.search')}
          placeholder={t('accounts.search')}
          allowClear
          disabled={email !== ''}
          defaultValue={query.name ?? ''}
          style={{ maxWidth: 280 }}
          onSearch={(name) => url.change({ name })}
        />
        <Select
          aria-label={t('accounts.state')}
          placeholder={t('accounts.state')}
          allowClear
          disabled={email !== ''}
          style={{ minWidth: 150 }}
          value={query.state ?? null}
          onChange={(state: string | undefined) => url.change({ state })}
          options={STATES.map((value) => ({ value, label: t(`accounts.${value}`) }))}
        />
        <Input.Search
          aria-label={t('people.email')}
          placeholder={t('people.email')}
          title={t('people.emailHelp')}
          allowClear
          maxLength={254}
          autoComplete="off"
          style={{ maxWidth: 280 }}
          onSearch={(text) => {
            url.change({});
            setEmail(text.trim());
          }}
        />
      </Flex>
      {accounts.isError && <Problem error={accounts.error} retry={() => void accounts.refetch()} />}
      <Card styles={{ body: { padding: 0 } }}>
        <FittingTable<Account>
          rowKey="account_id"
          dataSource={[...(accounts.data?.items ?? [])]}
          loading={accounts.isPending}
          locale={{ emptyText: t('accounts.empty') }}
          width={970}
          onChange={order.onChange}
          pagination={{
            ...url.pagination(accounts.data?.count ?? 0, (count) => t('common.total', { count })),
            style: { paddingInline: 16 },
          }}
          columns={[
            {
              title: t('accounts.name'),
              ...order.by('name'),
              width: 205,
              render: (_, { account_id: id, name, email, sandbox }) => (
                <Flex vertical gap={2}>
                  <span>
                    <Link to={`/accounts/${id}`} style={{ fontWeight: 600 }}>
                      {name}
                    </Link>{' '}
                    {sandbox && <Mark tone="trial">{t('keys.sandbox')}</Mark>}
                  </span>
                  {email !== null && <Typography.Text type="secondary">{email}</Typography.Text>}
                </Flex>
              ),
            },
            {
              title: t('accounts.id'),
              width: 145,
              render: (_, { account_id: id }) => <code className="value">{id}</code>,
            },
            {
              title: t('accounts.services'),
              width: 280,
              render: (_, { services }) => (
                <Flex gap={4} wrap>
                  {services.map((service) => (
                    <Tag key={service}>{serviceTitle(service)}</Tag>
                  ))}
                </Flex>
              ),
            },
            {
              title: t('accounts.state'),
              width: 115,
              render: (_, { state }) => <Mark tone={ACCOUNT_TONES[state]}>{t(`accounts.${state}`)}</Mark>,
            },
            {
              title: t('accounts.created'),
              ...order.by('created_at', 'descend'),
              width: 130,
              className: 'figures',
              render: (_, { created_at: at }) => day(at),
            },
            {
              title: t('common.actions'),
              key: 'actions',
              width: 95,
              align: 'right',
              render: (_, account) => <AccountActions account={account} />,
            },
          ]}
        />
      </Card>
    </>
  );
}
