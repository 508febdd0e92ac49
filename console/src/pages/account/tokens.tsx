// Platform tokens: create (shown once), delete.

import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, DatePicker, Form, Input, Modal, Typography } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { FittingTable } from '../../parts/fitting-table.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { TOKEN_ORDERS, usePlatformTokenColumns } from '../../parts/platform-token-columns.tsx';
import { Problem } from '../../parts/problem.tsx';
import { RemovalButton } from '../../parts/removal-button.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { useUrlState } from '../../parts/url-state.ts';

type Token = Answer<'GET /platform-tokens'>['items'][number];
const KEY = 'platform-tokens';

interface Fields {
  readonly name?: string;
  readonly expires?: Dayjs | null;
}

export function Tokens() {
  const { t } = useTranslation();
  const url = useUrlState('tokens_');
  const order = orderingOf(url, TOKEN_ORDERS, '-created_at');
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const tokens = useQuery({
    queryKey: [KEY, query],
    queryFn: () => call('GET /platform-tokens', { query }),
    placeholderData: (before) => before,
  });
  return (
    <Card
      title={t('account.tokens')}
      extra={
        <Button icon={<PlusOutlined />} onClick={() => setOpen(true)}>
          {t('account.newToken')}
        </Button>
      }
      styles={{ body: { padding: 0 } }}
    >
      <Typography.Paragraph type="secondary" style={{ padding: '16px 24px 0' }}>
        {t('account.tokensText')}
      </Typography.Paragraph>
      {tokens.isError && <Problem error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.data?.count === 0 ? (
        <Empty title={t('account.noTokens')} text={t('account.noTokensText')} />
      ) : (
        <TokenTable
          tokens={tokens.data?.items ?? []}
          isLoading={tokens.isPending}
          order={order}
          pagination={url.pagination(tokens.data?.count ?? 0, (count) => t('common.total', { count }))}
        />
      )}
      <NewToken
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onIssued={(token) => {
          setOpen(false);
          setSecret(token);
        }}
      />
      <SecretOnce
        title={t('account.tokenTitle')}
        values={secret === undefined ? undefined : { [t('account.token')]: secret }}
        onClose={() => setSecret(undefined)}
      />
    </Card>
  );
}

interface TableProps {
  readonly tokens: readonly Token[];
  readonly isLoading: boolean;
  readonly pagination: ReturnType<ReturnType<typeof useUrlState>['pagination']>;
  readonly order: ReturnType<typeof orderingOf<(typeof TOKEN_ORDERS)[number]>>;
}

function TokenTable({ tokens, isLoading, pagination, order }: TableProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { nameOf, columns } = usePlatformTokenColumns(order);
  return (
    <FittingTable<Token>
      rowKey="id"
      dataSource={[...tokens]}
      loading={isLoading}
      width={740}
      onChange={order.onChange}
      pagination={{ ...pagination, style: { paddingInline: 16 } }}
      columns={[
        ...columns,
        {
          title: t('common.actions'),
          key: 'actions',
          width: 120,
          align: 'right',
          render: (_, token) => (
            <RemovalButton
              label={t('account.delete')}
              of={nameOf(token)}
              title={t('account.deleteTitle', { name: nameOf(token) })}
              text={t('account.deleteText')}
              done={t('account.deleted')}
              remove={() => call('DELETE /platform-tokens/{id}', { path: { id: token.id } })}
              onSettled={() => client.invalidateQueries({ queryKey: [KEY] })}
            />
          ),
        },
      ]}
    />
  );
}

interface NewProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onIssued: (token: string) => void;
}

function NewToken({ isOpen, onClose, onIssued }: NewProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: ({ name, expires }: Fields) =>
      call('POST /platform-tokens', {
        body: {
          ...(name === undefined ? {} : { name }),
          ...(expires === undefined || expires === null ? {} : { expired_at: expires.toISOString() }),
        },
      }),
    onSuccess: async ({ token }) => {
      await client.invalidateQueries({ queryKey: [KEY] });
      onIssued(token);
    },
  });
  return (
    <Modal
      open={isOpen}
      title={t('account.newToken')}
      okText={t('account.newToken')}
      okButtonProps={{ htmlType: 'submit', form: 'new-token', loading: create.isPending }}
      onCancel={onClose}
      destroyOnHidden
    >
      {create.isError && <Problem error={create.error} />}
      <Form<Fields>
        id="new-token"
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => create.mutate(fields)}
      >
        <Form.Item name="name" label={t('account.tokenName')} extra={t('account.tokenNameHelp')}>
          <Input maxLength={100} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="expires" label={t('account.expires')}>
          <DatePicker showTime style={{ width: '100%' }} placeholder={t('common.never')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
