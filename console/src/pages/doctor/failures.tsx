// The recent requests of the account's keys whose signature was refused, or for operators of all accounts or a chosen one,
// each with what is kept of it and its verdict.

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Flex, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { useUrlState } from '../../parts/url-state.ts';
import { AccountChoice } from '../usage/account-choice.tsx';
import { AccountLink } from '../usage/account-link.tsx';
import { Verdicts } from './verdicts.tsx';

type Failure = Answer<'GET /explorer/failures'>['items'][number];

const FAULTS = ['signature_mismatch', 'clock_skew', 'authorization_malformed', 'token_invalid'] as const;
const FILTERS = ['fault', 'sandbox', 'account_id'] as const;

interface Props {
  readonly isOperator: boolean;
}

export function Failures({ isOperator }: Props) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const [shown, setShown] = useState<Failure>();
  const url = useUrlState();
  const order = orderingOf(url, ['created_at', 'fault'], '-created_at');
  const fault = FAULTS.find((one) => one === url.get('fault'));
  const sandbox = ['true', 'false'].find((one) => one === url.get('sandbox'));
  // Everybody else has one account, whatever an address says that an operator handed on.
  const account = isOperator ? url.get('account_id') : undefined;
  const query = {
    account_id: account,
    ...{ limit: url.limit, offset: url.offset, ordering: order.asked, fault },
    sandbox: sandbox === undefined ? undefined : sandbox === 'true',
  };
  const failures = useQuery({
    queryKey: ['failures', query],
    queryFn: () => call('GET /explorer/failures', { query }),
    placeholderData: (before) => before,
  });
  const isFiltered = fault !== undefined || sandbox !== undefined || account !== undefined;
  const known = failures.data?.items.find((one) => one.account?.id === account)?.account;
  const accountColumn = {
    title: t('usage.account'),
    width: 200,
    render: (_: unknown, { account: of }: Failure) => of !== undefined && <AccountLink account={of} />,
  };
  const nothing = isOperator ? 'doctor.noFailuresOfAllText' : 'doctor.noFailuresText';
  const clear = () => url.change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  const select = (
    name: 'fault' | 'sandbox',
    label: string,
    value: string | undefined,
    options: { value: string; label: string }[],
  ) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ minWidth: 170 }}
      value={value ?? null}
      onChange={(next: string | undefined) => url.change({ [name]: next })}
      options={options}
    />
  );
  return (
    <section aria-label={t('doctor.failures')}>
      <Typography.Title level={2} style={{ fontSize: 18, marginBlock: '8px 12px' }}>
        {t('doctor.failures')}
      </Typography.Title>
      <Flex gap={8} wrap style={{ marginBlockEnd: 16 }}>
        {isOperator && (
          <AccountChoice value={account} known={known} onChange={(id) => url.change({ account_id: id })} />
        )}
        {select('sandbox', t('keys.kind'), sandbox, [
          { value: 'false', label: t('keys.live') },
          { value: 'true', label: t('keys.sandbox') },
        ])}
        {select(
          'fault',
          t('doctor.fault'),
          fault,
          FAULTS.map((value) => ({ value, label: value })),
        )}
        <span style={{ flex: 1 }} />
        <Button onClick={() => void failures.refetch()} loading={failures.isFetching}>
          {t('common.refresh')}
        </Button>
      </Flex>
      <Listing<Failure>
        rows={failures}
        url={url}
        order={order}
        rowKey={({ id }) => id}
        width={isOperator ? 840 : 640}
        empty={
          <Empty title={t('doctor.noFailures')} text={t(isFiltered ? 'doctor.noSuchFailures' : nothing)}>
            {isFiltered && <Button onClick={clear}>{t('usage.clear')}</Button>}
          </Empty>
        }
        columns={[
          {
            title: t('doctor.time'),
            ...order.by('created_at', 'descend'),
            width: 215,
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
          {
            title: t('doctor.fault'),
            ...order.by('fault'),
            render: (_, { fault }) => <code className="value">{fault}</code>,
          },
          {
            title: <span className="skip-link">{t('common.details')}</span>,
            key: 'details',
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
      <Drawer
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={t('doctor.verdict')}
        size={620}
      >
        {shown !== undefined && <Kept failure={shown} />}
      </Drawer>
    </section>
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
