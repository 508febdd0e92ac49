// The recent requests of the account's keys whose signature was refused, or for operators of all accounts or a chosen one,
// each with what is kept of it and its verdict.

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Drawer, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FittingTable } from '../../parts/fitting-table.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { AccountChoice } from '../usage/account-choice.tsx';
import { AccountLink } from '../usage/account-link.tsx';
import { Verdicts } from './verdicts.tsx';

type Failure = Answer<'GET /explorer/failures'>['items'][number];

interface Props {
  readonly isOperator: boolean;
}

export function Failures({ isOperator }: Props) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const [shown, setShown] = useState<Failure>();
  const url = useUrlState();
  // Everybody else has one account, whatever an address says that an operator handed on.
  const account = isOperator ? url.get('account_id') : undefined;
  const failures = useQuery({
    queryKey: ['failures', account],
    queryFn: () => call('GET /explorer/failures', { query: { account_id: account } }),
    placeholderData: (before) => before,
  });
  const known = failures.data?.items.find((one) => one.account?.id === account)?.account;
  const accountColumn = {
    title: t('usage.account'),
    width: 200,
    render: (_: unknown, { account: of }: Failure) => of !== undefined && <AccountLink account={of} />,
  };
  return (
    <Card
      title={t('doctor.failures')}
      styles={{ body: { padding: 0 } }}
      extra={
        <Button onClick={() => void failures.refetch()} loading={failures.isFetching}>
          {t('common.refresh')}
        </Button>
      }
    >
      {isOperator && (
        <div style={{ padding: '16px 24px' }}>
          <AccountChoice value={account} known={known} onChange={(id) => url.change({ account_id: id })} />
        </div>
      )}
      {failures.isError && <Problem error={failures.error} retry={() => void failures.refetch()} />}
      {failures.data?.items.length === 0 ? (
        <Empty
          title={t('doctor.noFailures')}
          text={t(isOperator ? 'doctor.noFailuresOfAllText' : 'doctor.noFailuresText')}
        />
      ) : (
        <FittingTable<Failure>
          rowKey="id"
          size="middle"
          loading={failures.isPending}
          dataSource={[...(failures.data?.items ?? [])]}
          width={isOperator ? 840 : 640}
          pagination={{ pageSize: 10, hideOnSinglePage: true, style: { paddingInline: 16 } }}
          columns={[
            {
              title: t('doctor.time'),
              width: 190,
              render: (_, { created_at: at }) => <span className="figures">{time(at)}</span>,
            },
            ...(isOperator ? [accountColumn] : []),
            {
              title: t('doctor.request'),
              render: (_, { method, path, sandbox }) => (
                <>
                  <code className="value">
                    {method} {path}
                  </code>{' '}
                  {sandbox && <Mark tone="trial">{t('keys.sandbox')}</Mark>}
                </>
              ),
            },
            { title: t('doctor.fault'), render: (_, { fault }) => <code className="value">{fault}</code> },
            {
              title: <span className="skip-link">{t('common.details')}</span>,
              width: 110,
              align: 'right',
              render: (_, failure) => (
                <Button
                  size="small"
                  onClick={() => setShown(failure)}
                  aria-label={`${t('doctor.verdict')}: ${time(failure.created_at)}`}
                >
                  {t('doctor.verdict')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <Drawer
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={t('doctor.verdict')}
        size={620}
      >
        {shown !== undefined && <Kept failure={shown} />}
      </Drawer>
    </Card>
  );
}

function Kept({ failure }: { readonly failure: Failure }) {
  const { t } = useTranslation();
  const { diagnosis, method, path, headers, query_fields: query, body_fields: fields } = failure;
  const measured = ({ name, length }: { readonly name: string; readonly length: number }) =>
    `${name} (${length})`;
  const lines = [
    `${method} ${path}`,
    ...headers.map(({ name, length, value }) => `${name}: ${value ?? `(${length})`}`),
    '',
    ...[...query, ...fields].map(measured),
    `SHA-256 ${failure.body_sha256}`,
  ];
  return (
    <>
      {diagnosis === null ? (
        <Alert type="info" title={t('doctor.noVerdict')} style={{ marginBlockEnd: 16 }} />
      ) : (
        <Verdicts diagnosis={diagnosis} />
      )}
      <Typography.Title level={3} className="part-title">
        {t('doctor.request')}
      </Typography.Title>
      <CodeBlock label={t('doctor.request')} text={lines.join('\n')} />
      <Typography.Paragraph type="secondary">
        {t('doctor.failuresHelp')} {t('doctor.bodyBytes', { count: failure.body_length })}{' '}
        {t('usage.requestId')}: <code className="value">{failure.request_id}</code>
      </Typography.Paragraph>
    </>
  );
}
