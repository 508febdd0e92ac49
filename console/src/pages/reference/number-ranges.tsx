// Which numbers this server serves, as the operator's table has it now.

import { useQuery } from '@tanstack/react-query';
import { Card, Input, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { useRowWords } from '../registry/row-words.ts';

interface NumberRange {
  readonly prefix: string;
  readonly holder: string;
  readonly actions: readonly string[];
}

async function readRanges(): Promise<readonly NumberRange[]> {
  const response = await fetch('/number-ranges', {
    credentials: 'omit',
    redirect: 'error',
    headers: { Accept: 'application/json' },
  }).catch(() => undefined);
  if (response === undefined) throw new CallError('unreachable', 0, '', '');
  if (!response.ok) throw new CallError('unavailable', response.status, '', '');
  return (await response.json()) as readonly NumberRange[];
}

/** Of a prefix both ways: ranges within it, and those that it lies in. A number without its country is one of +86. */
function findRanges(
  ranges: readonly NumberRange[],
  words: string,
  wordOf: (holder: string) => string,
): readonly NumberRange[] {
  const text = words.trim().toLowerCase();
  const digits = words.replace(/[\s()-]/g, '').replace(/^00/, '+');
  if (digits === '') return ranges;
  const wanted = digits.startsWith('+') ? [digits] : [`+${digits}`, `+86${digits}`];
  return ranges.filter(
    ({ prefix, holder }) =>
      wanted.some((one) => prefix.startsWith(one) || one.startsWith(prefix)) ||
      `${holder} ${wordOf(holder)}`.toLowerCase().includes(text),
  );
}

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const { carrier } = useRowWords();
  const ranges = useQuery({ queryKey: ['number-ranges'], queryFn: readRanges, staleTime: 60_000 });
  // It may be somebody's number: not into the address.
  const [words, setWords] = useState('');
  const found = findRanges(ranges.data ?? [], words, carrier);
  return (
    <>
      <PageHead title={t('ranges.title')} lead={t('ranges.lead')} />
      {ranges.isError && <Problem error={ranges.error} retry={() => void ranges.refetch()} />}
      <Input.Search
        allowClear
        className="no-print"
        style={{ maxWidth: 420, marginBlockEnd: 16 }}
        aria-label={t('ranges.search')}
        placeholder={t('ranges.search')}
        maxLength={24}
        value={words}
        onChange={({ target }) => {
          setWords(target.value);
          url.change({});
        }}
      />
      <Card styles={{ body: { padding: 0 } }}>
        {ranges.data !== undefined && found.length === 0 ? (
          <Empty title={t('ranges.empty')} text={t('ranges.emptyText')} />
        ) : (
          <Table<NumberRange>
            rowKey="prefix"
            size="middle"
            loading={ranges.isPending}
            dataSource={[...found]}
            scroll={{ x: 340 }}
            pagination={{
              ...url.pagination(found.length, (count) => t('common.total', { count })),
              style: { paddingInline: 16 },
            }}
            columns={[
              {
                title: t('ranges.prefix'),
                width: '30%',
                render: (_, { prefix }) => <code className="value">{prefix}</code>,
              },
              { title: t('ranges.holder'), width: '35%', render: (_, { holder }) => carrier(holder) },
              {
                title: t('ranges.actions'),
                render: (_, { actions }) => (actions.length === 0 ? t('ranges.every') : actions.join(', ')),
              },
            ]}
          />
        )}
      </Card>
    </>
  );
}
