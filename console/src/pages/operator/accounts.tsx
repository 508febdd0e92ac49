// An operator's list of accounts: find one, see its state, verify, suspend and resume it.

import { EllipsisOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Dropdown, Flex, Input, Select, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem, useErrorText } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';

type Account = Answer<'GET /operator/accounts'>['items'][number];
const STATES = ['active', 'unverified', 'suspended'] as const;
const TONES = { active: 'good', unverified: 'warning', suspended: 'bad' } as const;

export function Page() {
  const { t } = useTranslation();
  const { day } = useFormats();
  const url = useUrlState();
  const query = {
    limit: url.limit,
    offset: url.offset,
    name: url.get('name'),
    state: STATES.find((one) => one === url.get('state')),
  };
  const accounts = useQuery({
    queryKey: ['accounts', query],
    queryFn: () => call('GET /operator/accounts', { query }),
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
          defaultValue={query.name ?? ''}
          style={{ maxWidth: 280 }}
          onSearch={(name) => url.change({ name })}
        />
        <Select
          aria-label={t('accounts.state')}
          placeholder={t('accounts.state')}
          allowClear
          style={{ minWidth: 150 }}
          value={query.state ?? null}
          onChange={(state: string | undefined) => url.change({ state })}
          options={STATES.map((value) => ({ value, label: t(`accounts.${value}`) }))}
        />
      </Flex>
      {accounts.isError && <Problem error={accounts.error} retry={() => void accounts.refetch()} />}
      <Card styles={{ body: { padding: 0 } }}>
        <Table<Account>
          rowKey="account_id"
          dataSource={[...(accounts.data?.items ?? [])]}
          loading={accounts.isPending}
          locale={{ emptyText: t('accounts.empty') }}
          scroll={{ x: 920 }}
          pagination={{
            ...url.pagination(accounts.data?.count ?? 0, (count) => t('common.total', { count })),
            style: { paddingInline: 16 },
          }}
          columns={[
            {
              title: t('accounts.name'),
              width: 220,
              render: (_, { name, email, sandbox }) => (
                <Flex vertical gap={2}>
                  <span>
                    <Typography.Text strong>{name}</Typography.Text>{' '}
                    {sandbox && <Mark tone="trial">{t('keys.sandbox')}</Mark>}
                  </span>
                  {email !== null && <Typography.Text type="secondary">{email}</Typography.Text>}
                </Flex>
              ),
            },
            {
              title: t('accounts.id'),
              width: 150,
              render: (_, { account_id: id }) => <code className="value">{id}</code>,
            },
            {
              title: t('accounts.services'),
              render: (_, { services }) => (
                <Flex gap={4} wrap>
                  {services.map((service) => (
                    <Tag key={service}>{service}</Tag>
                  ))}
                </Flex>
              ),
            },
            {
              title: t('accounts.state'),
              width: 120,
              render: (_, { state }) => <Mark tone={TONES[state]}>{t(`accounts.${state}`)}</Mark>,
            },
            { title: t('accounts.created'), width: 130, render: (_, { created_at: at }) => day(at) },
            {
              title: t('common.actions'),
              key: 'actions',
              width: 110,
              align: 'right',
              render: (_, account) => <AccountActions account={account} />,
            },
          ]}
        />
      </Card>
    </>
  );
}

function AccountActions({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { account_id: id, name, state } = account;
  const act = useMutation({
    mutationFn: (wanted: 'verify' | 'suspend' | 'resume') =>
      call(`POST /operator/accounts/{id}/${wanted}`, { path: { id } }),
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const suspend = () =>
    modal.confirm({
      title: t('accounts.suspendTitle', { name }),
      content: t('accounts.suspendText'),
      okText: t('accounts.suspend'),
      okButtonProps: { danger: true },
      onOk: () => act.mutateAsync('suspend').catch(() => {}),
    });
  const items = [
    ...(state === 'unverified'
      ? [{ key: 'verify', label: t('accounts.verify'), onClick: () => act.mutate('verify') }]
      : []),
    state === 'suspended'
      ? { key: 'resume', label: t('accounts.resume'), onClick: () => act.mutate('resume') }
      : { key: 'suspend', danger: true, label: t('accounts.suspend'), onClick: suspend },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button
        type="text"
        icon={<EllipsisOutlined />}
        aria-label={`${t('common.actions')}: ${name}`}
        loading={act.isPending}
      />
    </Dropdown>
  );
}
