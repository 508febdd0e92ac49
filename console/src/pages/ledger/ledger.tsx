// The ledger for operators: how it ends and is signed, whether it is sound, and its entries as a file.

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Col, Row, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Export } from './export.tsx';
import { Head } from './head.tsx';
import { Verify } from './verify.tsx';

const LIVE_EVERY_MS = 5000;

export function Page() {
  const { t } = useTranslation();
  const { number, time } = useFormats();
  const state = useQuery({
    queryKey: ['ledger'],
    queryFn: () => call('GET /operator/ledger', {}),
    refetchInterval: LIVE_EVERY_MS,
  });
  const { data } = state;
  const verified = data?.last_verification ?? null;
  return (
    <>
      <PageHead
        title={t('ledger.title')}
        lead={t('ledger.lead')}
        actions={<Button onClick={() => void state.refetch()}>{t('common.refresh')}</Button>}
      />
      {state.isError && <Problem error={state.error} retry={() => void state.refetch()} />}
      {state.isPending && <Loading />}
      {data !== undefined && (
        <>
          <Row gutter={[16, 16]} style={{ marginBlockEnd: 16 }}>
            <Figure title={t('ledger.entries')} value={number(data.entries)} />
            <Figure title={t('ledger.lastEntry')} value={time(data.last_entry_at)} />
            <Figure
              title={t('ledger.lastVerified')}
              value={verified === null ? t('common.never') : time(verified.time)}
              mark={
                verified !== null && (
                  <Mark tone={verified.ok ? 'good' : 'bad'}>
                    {verified.ok ? t('ledger.sound') : t('ledger.unsound')}
                  </Mark>
                )
              }
            />
          </Row>
          <Head head={data.head} publicKey={data.public_key} />
        </>
      )}
      <Verify />
      <Export />
    </>
  );
}

function Figure({ title, value, mark }: { title: string; value: string; mark?: React.ReactNode }) {
  return (
    <Col xs={24} md={8}>
      <Card size="small" style={{ height: '100%' }}>
        <Statistic
          title={title}
          value={value}
          styles={{ content: { fontVariantNumeric: 'tabular-nums', fontSize: 20 } }}
        />
        {mark}
      </Card>
    </Col>
  );
}
