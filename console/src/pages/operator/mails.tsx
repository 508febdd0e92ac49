// The mails of development, as far as no mail server took them. Read once when the page is opened: each look is an act.

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Pagination, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { Problem } from '../../parts/problem.tsx';
import { TimeOrder } from '../../parts/time-order.tsx';
import { useUrlState } from '../../parts/url-state.ts';

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const { time } = useFormats();
  const order = orderingOf(url, ['time'], '-time');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const mails = useQuery({
    queryKey: ['mails', query],
    queryFn: () => call('GET /operator/outbox', { query }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const isOff = mails.error instanceof CallError && mails.error.code === 'not_found';
  return (
    <>
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBlockEnd: 16 }}>
        <Typography.Text type="secondary" style={{ flex: '1 1 300px' }}>
          {t('operations.mailsLead')}
        </Typography.Text>
        <Flex gap={8} wrap>
          <TimeOrder column="time" order={order} />
          <Button onClick={() => void mails.refetch()}>{t('common.refresh')}</Button>
        </Flex>
      </Flex>
      {mails.isPending && <Loading />}
      {mails.isError && !isOff && <Problem error={mails.error} retry={() => void mails.refetch()} />}
      {(isOff || mails.data?.count === 0) && (
        <Card>
          <Empty
            title={isOff ? t('operations.mailsOff') : t('operations.noMails')}
            text={isOff ? t('operations.mailsOffText') : t('operations.noMailsText')}
          />
        </Card>
      )}
      <Flex vertical gap={12}>
        {mails.data?.items.map(({ time: at, to, subject, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a mail has no other name
          <Card key={place} size="small">
            <Flex wrap gap="4px 12px" align="center">
              <Typography.Text type="secondary">{to}</Typography.Text>
              <Typography.Text type="secondary" className="figures">
                {time(at)}
              </Typography.Text>
            </Flex>
            <Typography.Paragraph strong style={{ marginBlock: '4px 8px' }}>
              {subject}
            </Typography.Paragraph>
            <div className="bubble">{text}</div>
          </Card>
        ))}
      </Flex>
      {mails.data !== undefined && mails.data.count > query.limit && (
        <Pagination
          {...url.pagination(mails.data.count, (count) => t('common.total', { count }))}
          align="end"
          style={{ marginBlockStart: 16 }}
        />
      )}
    </>
  );
}
