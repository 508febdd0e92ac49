// The table of number ranges, to be searched and edited: what is saved counts from the next call on.

import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { Listing } from '../../parts/listing.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { RemovalButton } from '../../parts/removal-button.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { HolderName } from './holder-name.tsx';
import { RangeForm } from './range-form.tsx';
import { RangeImport } from './range-import.tsx';

type Ranges = Answer<'GET /operator/number-ranges'>;
export type NumberRange = Ranges['items'][number];
export type RangeAction = Ranges['actions'][number];
/** What lists ranges, and the published list. */
export const RANGE_QUERIES = ['number-ranges'];

export function Page() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const url = useUrlState();
  const order = orderingOf(url, ['prefix', 'holder'], 'prefix');
  // It may be somebody's number: not into the address.
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<NumberRange | 'new'>();
  const [isImporting, setImporting] = useState(false);
  const query = {
    ...{ limit: url.limit, offset: url.offset, ordering: order.asked },
    search: search === '' ? undefined : search,
  };
  const ranges = useQuery({
    queryKey: [...RANGE_QUERIES, 'operator', query],
    queryFn: () => call('GET /operator/number-ranges', { query }),
    placeholderData: (before) => before,
  });

  return (
    <>
      <Typography.Paragraph type="secondary">{t('registry.rangesLead')}</Typography.Paragraph>
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBlockEnd: 16 }}>
        <Input.Search
          allowClear
          style={{ flex: '1 1 220px', maxWidth: 420 }}
          aria-label={t('registry.rangeSearch')}
          placeholder={t('registry.rangeSearch')}
          maxLength={64}
          onSearch={(text) => {
            url.change({});
            setSearch(text.trim());
          }}
        />
        <Flex gap={8} wrap>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            href="/api/v1/operator/number-ranges/export"
            download
          >
            {t('registry.export')}
          </Button>
          <Button icon={<UploadOutlined aria-hidden />} onClick={() => setImporting(true)}>
            {t('registry.import')}
          </Button>
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            {t('registry.newRange')}
          </Button>
        </Flex>
      </Flex>
      <Listing<NumberRange>
        rows={ranges}
        url={url}
        order={order}
        rowKey={({ prefix }) => prefix}
        width={700}
        empty={
          <Empty
            title={t('registry.noRanges')}
            text={search === '' ? t('registry.noRangesText') : t('ranges.emptyText')}
          />
        }
        columns={[
          {
            title: t('ranges.prefix'),
            ...order.by('prefix'),
            width: 140,
            render: (_, { prefix }) => <code className="value">{prefix}</code>,
          },
          {
            title: t('ranges.holder'),
            ...order.by('holder'),
            width: 220,
            render: (_, { holder }) => <HolderName holder={holder} />,
          },
          {
            title: t('ranges.actions'),
            render: (_, { actions }) =>
              actions.length === 0 ? t('ranges.every') : <code className="value">{actions.join(', ')}</code>,
          },
          {
            title: t('common.actions'),
            key: 'actions',
            width: 180,
            align: 'right',
            render: (_, range) => (
              <Flex gap={8} justify="flex-end">
                <Button
                  size="small"
                  aria-label={`${t('registry.edit')}: ${range.prefix}`}
                  onClick={() => setEdited(range)}
                >
                  {t('registry.edit')}
                </Button>
                <RemovalButton
                  label={t('registry.remove')}
                  of={range.prefix}
                  title={t('registry.removeTitle', { prefix: range.prefix })}
                  text={t('registry.removeText')}
                  done={t('registry.rangeRemoved')}
                  remove={() =>
                    call('DELETE /operator/number-ranges/{prefix}', { path: { prefix: range.prefix } })
                  }
                  onSettled={() => client.invalidateQueries({ queryKey: RANGE_QUERIES })}
                />
              </Flex>
            ),
          },
        ]}
      />
      <RangeForm range={edited} actions={ranges.data?.actions ?? []} onClose={() => setEdited(undefined)} />
      <RangeImport open={isImporting} onClose={() => setImporting(false)} />
    </>
  );
}
