// The calls of a service: what each answers, where it is called, what it costs, "Try", and code that is ready to run.

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Select, type TableColumnsType, Typography } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { JsonObject } from '../../../../src/samples/index.ts';
import { type Action, useActions } from '../../api/actions.ts';
import { type Answer, call } from '../../api/call.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { FittingTable } from '../../parts/fitting-table.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useProtocolWord } from '../../parts/protocol-word.ts';
import { addressOf } from '../explorer/action-words.ts';
import { CodePanel } from '../explorer/code-panel.tsx';
import { explorerAddress } from '../explorer/form-address.ts';
import { Price } from '../reference/price.tsx';
import { useServiceWords } from './service-words.ts';

type Api = Answer<'GET /apis'>['items'][number];

interface Row {
  readonly api: Api;
  /** undefined while the table of actions is under way, or where it does not have the call. */
  readonly action: Action | undefined;
}

export function ServiceCalls({ alias }: { readonly alias: string }) {
  const { t } = useTranslation();
  const words = useServiceWords();
  const protocolWord = useProtocolWord();
  const apis = useQuery({
    queryKey: ['apis', alias],
    queryFn: () => call('GET /apis', { query: { service: alias, limit: 100 } }),
  });
  const actions = useActions().data?.actions ?? [];
  const rows = (apis.data?.items ?? []).map((api): Row => {
    const isSame = (one: Action) => one.protocol === api.protocol && one.own_name === api.action;
    return { api, action: actions.find(isSame) };
  });
  if (apis.isError) return <Problem error={apis.error} retry={() => void apis.refetch()} />;
  const columns: TableColumnsType<Row> = [
    {
      title: t('services.question'),
      render: (_, { api, action }) => (
        <Flex vertical gap={2}>
          {action === undefined ? words.title(api) : <Link to={addressOf(action)}>{words.title(api)}</Link>}
          <Typography.Text type="secondary">
            {action !== undefined && (
              <>
                <Breakable text={action.action} /> ·{' '}
              </>
            )}
            {protocolWord(api.protocol)}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t('services.path'),
      width: '42%',
      render: (_, { api }) => (
        <code className="value">
          {api.method} <Breakable text={api.path} />
        </code>
      ),
    },
    {
      title: t('services.cost'),
      align: 'right',
      width: 190,
      render: (_, { api }) => (
        <span className="figures">
          <Price cost={api.cost} />
        </span>
      ),
    },
    {
      key: 'actions',
      width: 90,
      align: 'right',
      render: (_, { action }) => action && <Try action={action} />,
    },
  ];
  return (
    <Flex vertical gap={16}>
      <Card styles={{ body: { padding: 0 } }}>
        <FittingTable<Row>
          rowKey={({ api }) => api.id}
          loading={apis.isPending}
          dataSource={rows}
          pagination={false}
          columns={columns}
          width={760}
        />
      </Card>
      <ReadyCode actions={rows.flatMap(({ action }) => action ?? [])} />
    </Flex>
  );
}

function Try({ action }: { readonly action: Action }) {
  const { t } = useTranslation();
  return (
    <Link to={explorerAddress(action)}>
      <Button size="small" tabIndex={-1} aria-label={`${t('services.try')}: ${action.action}`}>
        {t('services.try')}
      </Button>
    </Link>
  );
}

function ReadyCode({ actions }: { readonly actions: readonly Action[] }) {
  const { t } = useTranslation();
  const protocolWord = useProtocolWord();
  const id = useId();
  const [wanted, setWanted] = useState<string>();
  const action = actions.find((one) => one.action === wanted) ?? actions[0];
  if (action === undefined) return null;
  return (
    <Card>
      <Flex gap="8px 16px" wrap align="center" justify="space-between" style={{ marginBlockEnd: 12 }}>
        <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
          {t('services.code')}
        </Typography.Title>
        <Flex gap={8} align="center" style={{ minWidth: 0 }}>
          <label htmlFor={id} style={{ whiteSpace: 'nowrap' }}>
            {t('services.codeOf')}
          </label>
          <Select
            id={id}
            style={{ width: 280, minWidth: 0 }}
            value={action.action}
            onChange={setWanted}
            options={actions.map((one) => ({
              value: one.action,
              label: `${one.action} · ${protocolWord(one.protocol)}`,
            }))}
          />
        </Flex>
      </Flex>
      <CodePanel action={action} input={(action.examples[0]?.input ?? {}) as JsonObject} isExample />
    </Card>
  );
}
