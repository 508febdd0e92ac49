// Which channels are up, what waits, and what became of messages; live.

import { useQuery } from '@tanstack/react-query';
import { Card, Col, Row, Statistic, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import type { Texts } from '../../i18n/en.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';

type Health = Answer<'GET /operator/messages/health'>;
type Channel = Health['channels'][number];
type Word = keyof Texts['operations'];
const LIVE_EVERY_MS = 5000;
const SUMS = ['queue', 'codes', 'notices', 'mail'] as const;

export function Page() {
  const { t } = useTranslation();
  const { number, list } = useFormats();
  const health = useQuery({
    queryKey: ['message-health'],
    queryFn: () => call('GET /operator/messages/health', {}),
    refetchInterval: LIVE_EVERY_MS,
  });
  const { data } = health;
  if (health.isError) return <Problem error={health.error} retry={() => void health.refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <Card styles={{ body: { padding: 0 } }} style={{ marginBlockEnd: 16 }}>
        <Table<Channel>
          rowKey="name"
          dataSource={[...data.channels]}
          pagination={false}
          scroll={{ x: 420 }}
          locale={{
            emptyText: <Empty title={t('operations.noChannels')} text={t('operations.noChannelsText')} />,
          }}
          columns={[
            {
              title: t('operations.channel'),
              render: (_, { name }) => <code className="value">{name}</code>,
            },
            {
              title: t('operations.carries'),
              render: (_, { kinds }) =>
                list(kinds.map((kind) => t(`operations.${kind === 'email' ? 'email' : 'phone'}`))),
            },
            {
              title: t('operations.state'),
              width: 120,
              render: (_, { isUp }) => (
                <Mark tone={isUp ? 'good' : 'bad'}>{isUp ? t('operations.up') : t('operations.down')}</Mark>
              ),
            },
          ]}
        />
      </Card>
      <Row gutter={[16, 16]}>
        {SUMS.map((name) => (
          <Col key={name} xs={24} lg={12}>
            <Card title={t(`operations.${name}`)} style={{ height: '100%' }}>
              <Row gutter={[12, 12]}>
                {Object.entries(data[name]).map(([of, count]) => (
                  <Col key={of} xs={12} sm={8}>
                    <Statistic
                      title={t(`operations.${of as 'waiting'}` satisfies `operations.${Word}`)}
                      value={number(count)}
                      styles={{ content: { fontVariantNumeric: 'tabular-nums', fontSize: 20 } }}
                    />
                  </Col>
                ))}
              </Row>
            </Card>
          </Col>
        ))}
      </Row>
    </>
  );
}
