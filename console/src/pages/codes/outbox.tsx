// The outbox of development: messages that nobody was sent, whole, with their codes.

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Pagination, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { Problem } from '../../parts/problem.tsx';
import { TimeOrder } from '../../parts/time-order.tsx';
import { useUrlState } from '../../parts/url-state.ts';

const LIVE_EVERY_MS = 5000;

export function Page() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const url = useUrlState();
  const order = orderingOf(url, ['createdAt'], '-createdAt');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const outbox = useQuery({
    queryKey: ['outbox', query],
    // A page holds what the outbox has of that page of verifications: they are what is counted.
    queryFn: async () => {
      const { items } = await call('GET /outbox', { query });
      const { count } = await call('GET /verifications', { query: { limit: 1 } });
      return { items, count };
    },
    refetchInterval: ({ state }) => (state.error === null ? LIVE_EVERY_MS : false),
    placeholderData: (before) => before,
  });
  const isOff = outbox.error instanceof CallError && outbox.error.code === 'not_found';
  const { items = [], count = 0 } = outbox.data ?? {};

  return (
    <>
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBlockEnd: 16 }}>
        <Typography.Text type="secondary" style={{ flex: '1 1 300px' }}>
          {t('codes.outboxLead')}
        </Typography.Text>
        <Flex gap={8} wrap>
          <TimeOrder column="createdAt" order={order} />
          <Button onClick={() => void outbox.refetch()}>{t('common.refresh')}</Button>
        </Flex>
      </Flex>
      {outbox.isPending && <Loading />}
      {outbox.isError && !isOff && <Problem error={outbox.error} retry={() => void outbox.refetch()} />}
      {isOff && (
        <Card>
          <Empty title={t('codes.outboxOff')} text={t('codes.outboxOffText')} />
        </Card>
      )}
      {outbox.isSuccess && items.length === 0 && (
        <Card>
          <Empty title={t('codes.outboxNone')} text={t('codes.outboxNoneText')} />
        </Card>
      )}
      <Flex vertical gap={12}>
        {!isOff &&
          items.map((message) => (
            <Card key={message.id} size="small" className="message">
              <Flex wrap gap="4px 12px" align="center" style={{ marginBlockEnd: 10 }}>
                <Mark tone="plain">{t(`codes.${message.kind}`)}</Mark>
                <Typography.Text strong>{message.to}</Typography.Text>
                <Typography.Text type="secondary" className="figures">
                  {time(message.createdAt)}
                </Typography.Text>
              </Flex>
              {message.subject !== '' && (
                <Typography.Paragraph strong style={{ marginBlockEnd: 6 }}>
                  {message.subject}
                </Typography.Paragraph>
              )}
              <div className="bubble">{message.text}</div>
            </Card>
          ))}
      </Flex>
      {!isOff && count > query.limit && (
        <Pagination
          {...url.pagination(count, (total) => t('common.total', { count: total }))}
          align="end"
          style={{ marginBlockStart: 16 }}
        />
      )}
    </>
  );
}
