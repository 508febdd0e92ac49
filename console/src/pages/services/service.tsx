// One service: what it answers, its calls with their prices, and Acquire.

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Grid, Table, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type Answer, CallError, call } from '../../api/call.ts';
import { useVisitor } from '../../api/visitor.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { NotFound } from '../../parts/not-found.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useProtocolWord } from '../../parts/protocol-word.ts';
import { useAcquire } from './acquire.ts';
import { useServiceWords } from './service-words.ts';

type Api = Answer<'GET /apis'>['items'][number];

export function Page() {
  const { alias = '' } = useParams();
  const { t } = useTranslation();
  const words = useServiceWords();
  const visitor = useVisitor();
  const service = useQuery({
    queryKey: ['service', alias, visitor?.kind],
    queryFn: () => call('GET /services/{id}', { path: { id: alias } }),
    enabled: visitor !== undefined,
  });
  const acquire = useAcquire(alias, service.data?.applied);

  if (service.error instanceof CallError && service.error.code === 'not_found') return <NotFound />;
  if (service.isError) return <Problem error={service.error} retry={() => void service.refetch()} />;
  if (service.data === undefined) return <Loading />;
  const { data } = service;
  return (
    <>
      <PageHead
        title={words.title(data)}
        lead={words.question(alias)}
        actions={
          data.applied ? (
            <Link to="/keys?new=1">
              <Button type="primary" size="large">
                {t('services.createKey')}
              </Button>
            </Link>
          ) : (
            acquire.isPossible && (
              <Button type="primary" size="large" loading={acquire.isPending} onClick={acquire.begin}>
                {t('services.acquire')}
              </Button>
            )
          )
        }
      />
      {acquire.isError && <Problem error={acquire.error} />}
      {acquire.data !== undefined && (
        <Alert
          type="success"
          showIcon
          role="status"
          style={{ marginBlockEnd: 16 }}
          title={t('services.acquiredDone', { count: acquire.data.remaining_amount })}
        />
      )}
      <Standing alias={alias} freeCalls={data.free_amount} isApplied={data.applied} />
      {acquire.isSignedOut && (
        <Typography.Paragraph type="secondary">{t('services.signInFirst')}</Typography.Paragraph>
      )}
      <Typography.Title level={2} style={{ fontSize: 18 }}>
        {t('services.apis')}
      </Typography.Title>
      <Apis alias={alias} />
    </>
  );
}

interface StandingProps {
  readonly alias: string;
  readonly freeCalls: number;
  readonly isApplied: boolean;
}

function Standing({ alias, freeCalls, isApplied }: StandingProps) {
  const { t } = useTranslation();
  const balance = useQuery({
    queryKey: ['balance'],
    queryFn: () => call('GET /balance', {}),
    enabled: isApplied,
  });
  const left = balance.data?.services.find((one) => one.alias === alias)?.remaining_amount;
  return (
    <Flex gap={8} wrap style={{ marginBlockEnd: 20 }}>
      {isApplied && <Mark tone="good">{t('services.acquired')}</Mark>}
      <Mark tone="plain">
        {isApplied && left !== undefined
          ? t('services.left', { count: left })
          : t('services.free', { count: freeCalls })}
      </Mark>
    </Flex>
  );
}

function Apis({ alias }: { readonly alias: string }) {
  const { t } = useTranslation();
  const words = useServiceWords();
  const { money } = useFormats();
  const protocolWord = useProtocolWord();
  const isWide = Grid.useBreakpoint().md === true;
  const apis = useQuery({
    queryKey: ['apis', alias],
    queryFn: () => call('GET /apis', { query: { service: alias, limit: 100 } }),
  });
  if (apis.isError) return <Problem error={apis.error} retry={() => void apis.refetch()} />;
  const question = (api: Api) => {
    const address = referenceOf(api);
    const title = words.title(api);
    return address === undefined ? title : <Link to={address}>{title}</Link>;
  };
  const path = (api: Api) => (
    <code className="value">
      {api.method} {api.path}
    </code>
  );
  const price = ({ cost }: Api) => (
    <span className="figures">{cost.length === 0 ? t('usage.free') : money(cost[0]?.consumption ?? 0)}</span>
  );
  const narrow: TableColumnsType<Api> = [
    {
      title: t('services.question'),
      render: (_, api) => (
        <Flex vertical gap={4}>
          {question(api)}
          {path(api)}
          <Flex justify="space-between" gap={8}>
            <Typography.Text type="secondary">{protocolWord(api.protocol)}</Typography.Text>
            {price(api)}
          </Flex>
        </Flex>
      ),
    },
  ];
  const wide: TableColumnsType<Api> = [
    { title: t('services.question'), render: (_, api) => question(api) },
    { title: t('services.protocol'), width: 130, render: (_, { protocol }) => protocolWord(protocol) },
    { title: t('services.path'), width: 520, render: (_, api) => path(api) },
    { title: t('services.cost'), align: 'right', width: 130, render: (_, api) => price(api) },
  ];
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<Api>
        rowKey="id"
        loading={apis.isPending}
        dataSource={[...(apis.data?.items ?? [])]}
        pagination={false}
        showHeader={isWide}
        {...(isWide ? { scroll: { x: 1040 } } : {})}
        columns={isWide ? wide : narrow}
      />
    </Card>
  );
}

/** Where its reference page is; undefined where the table of actions does not have it. */
function referenceOf({ protocol, path, action }: Api): string | undefined {
  const vendors = /[?&]Action=(\w+)/.exec(path)?.[1] ?? /^\/identity\/.*\/([\w-]+)$/.exec(path)?.[1];
  const name = path.startsWith('/api/v1/') ? action : vendors;
  return name === undefined ? undefined : `/reference/${protocol}/${name}`;
}
