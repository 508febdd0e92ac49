// The account's verifications: to whom, what became of the code and of the message. One of them, by its id in the
// address, is shown in detail.

import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { RowFacts } from '../../parts/row-facts.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { NO_FILTERS, SentFilters, sentFilters } from './sent-filters.tsx';
import { CodeState, DeliveryState, type Verification } from './states.tsx';
import { VerificationDetail } from './verification-detail.tsx';

const LIVE_EVERY_MS = 10_000;

export function Page() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const url = useUrlState();
  const order = orderingOf(url, ['createdAt'], '-createdAt');
  const sandbox = url.get('sandbox') === 'true';
  const filters = sentFilters(url);
  const isFiltered = Object.values(filters).some((one) => one !== undefined);
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked, sandbox, ...filters };
  const sent = useQuery({
    queryKey: ['verifications', query],
    queryFn: () => call('GET /verifications', { query }),
    refetchInterval: LIVE_EVERY_MS,
    placeholderData: (before) => before,
  });
  const details = ({ id, to }: Verification) => (
    <Button
      size="small"
      aria-label={`${t('common.details')}: ${to}`}
      onClick={() => url.change({ id }, true)}
    >
      {t('common.details')}
    </Button>
  );
  return (
    <>
      <Flex gap={8} wrap style={{ marginBlockEnd: 16 }} role="search" aria-label={t('codes.sent')}>
        <Select
          aria-label={t('codes.kindOfKey')}
          value={String(sandbox)}
          style={{ minWidth: 170 }}
          options={[
            { value: 'false', label: t('codes.live') },
            { value: 'true', label: t('codes.trial') },
          ]}
          onChange={(value) => url.change({ sandbox: value === 'true' ? value : undefined })}
        />
        <SentFilters url={url} />
        <span style={{ flex: 1 }} />
        <Button onClick={() => void sent.refetch()}>{t('common.refresh')}</Button>
      </Flex>
      <Listing<Verification>
        rows={sent}
        url={url}
        order={order}
        rowKey={({ id }) => id}
        width={970}
        empty={
          isFiltered ? (
            <Empty title={t('codes.noneFits')}>
              <Button onClick={() => url.change(NO_FILTERS)}>{t('usage.clear')}</Button>
            </Empty>
          ) : (
            <Empty title={t('codes.none')} text={t('codes.noneText')}>
              <Link to="/explorer?action=verification-start">{t('reference.tryIt')}</Link>
            </Empty>
          )
        }
        columns={[
          {
            title: t('codes.sent'),
            ...order.by('createdAt', 'descend'),
            width: 200,
            render: (_, { createdAt }) => <span className="figures">{time(createdAt)}</span>,
          },
          { title: t('codes.to'), render: (_, { to }) => <code className="value">{to}</code> },
          { title: t('codes.kind'), width: 125, render: (_, { kind }) => t(`codes.${kind}`) },
          { title: t('codes.purpose'), width: 120, dataIndex: 'purpose' },
          { title: t('codes.code'), width: 105, render: (_, one) => <CodeState of={one} /> },
          { title: t('codes.delivery'), width: 120, render: (_, one) => <DeliveryState of={one} /> },
          {
            title: <span className="skip-link">{t('common.details')}</span>,
            key: 'details',
            width: 100,
            align: 'right',
            render: (_, one) => details(one),
          },
        ]}
        narrow={[
          {
            title: t('codes.sent'),
            ...order.by('createdAt', 'descend'),
            render: (_, one) => (
              <Flex vertical gap={8}>
                <Flex justify="space-between" align="flex-start" gap={8}>
                  <Flex vertical gap={2} style={{ minWidth: 0 }}>
                    <code className="value">{one.to}</code>
                    <Typography.Text type="secondary" className="figures">
                      {time(one.createdAt)}
                    </Typography.Text>
                  </Flex>
                  {details(one)}
                </Flex>
                <RowFacts
                  facts={[
                    [t('codes.kind'), t(`codes.${one.kind}`)],
                    [t('codes.purpose'), one.purpose],
                    [t('codes.code'), <CodeState key="code" of={one} />],
                    [t('codes.delivery'), <DeliveryState key="delivery" of={one} />],
                  ]}
                />
              </Flex>
            ),
          },
        ]}
      />
      <VerificationDetail
        id={url.get('id')}
        sandbox={sandbox}
        onClose={() => url.change({ id: undefined }, true)}
      />
    </>
  );
}
