// One service: what it answers, Acquire, and its calls with price, "Try" and code.

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { CallError, call } from '../../api/call.ts';
import { useVisitor } from '../../api/visitor.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { NotFound } from '../../parts/not-found.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useAcquire } from './acquire.ts';
import { ServiceCalls } from './service-calls.tsx';
import { useServiceWords } from './service-words.ts';

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
      <ServiceCalls alias={alias} />
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
