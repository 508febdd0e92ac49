// The filters of the usage list; each stands in the address.

import { useQuery } from '@tanstack/react-query';
import { DatePicker, Flex, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useTimeZone } from '../../api/visitor.ts';
import { pickedIn, startIn } from '../../parts/ledger-days.ts';
import type { useUrlState } from '../../parts/url-state.ts';
import { useServiceWords } from '../services/service-words.ts';

const PROTOCOLS = ['tencent', 'acedata', 'lineproof'];
const KINDS = ['outcome', 'fault'] as const;

interface Props {
  readonly url: ReturnType<typeof useUrlState>;
  /** For operators: the choice of an account. */
  readonly first?: ReactNode;
}

export function Filters({ url, first }: Props) {
  const { t } = useTranslation();
  const words = useServiceWords();
  const services = useQuery({
    queryKey: ['services'],
    queryFn: () => call('GET /services', { query: { limit: 100 } }),
  });
  const outcomes = useQuery({
    queryKey: ['outcomes'],
    queryFn: () => call('GET /usage/outcomes', {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const zone = useTimeZone() ?? 'UTC';
  const from = url.get('created_at_from');
  const to = url.get('created_at_to');
  const select = (name: string, label: string, options: readonly { value: string; label: string }[]) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ minWidth: 150 }}
      value={url.get(name) ?? null}
      onChange={(value: string | undefined) => url.change({ [name]: value })}
      options={[...options]}
    />
  );
  return (
    <Flex gap={8} wrap style={{ marginBlockEnd: 16 }} role="search" aria-label={t('usage.title')}>
      {first}
      {select(
        'service_id',
        t('nav.services'),
        services.data?.items.map((one) => ({ value: one.id, label: words.title(one) })) ?? [],
      )}
      {select('sandbox', t('usage.kind'), [
        { value: 'false', label: t('usage.live') },
        { value: 'true', label: t('usage.rehearsed') },
      ])}
      {select(
        'protocol',
        t('usage.protocol'),
        PROTOCOLS.map((value) => ({ value, label: value })),
      )}
      <Select
        aria-label={t('usage.outcome')}
        placeholder={t('usage.outcome')}
        allowClear
        showSearch
        popupMatchSelectWidth={false}
        style={{ minWidth: 180 }}
        value={url.get('outcome') ?? null}
        onChange={(value: string | undefined) => url.change({ outcome: value })}
        options={KINDS.map((kind) => ({
          label: t(`usage.${kind}s`),
          title: kind,
          options: (outcomes.data?.items ?? [])
            .filter((one) => one.kind === kind)
            .map(({ code }) => ({ value: code, label: code })),
        }))}
      />
      <DatePicker.RangePicker
        aria-label={t('usage.period')}
        allowEmpty={[true, true]}
        value={[
          from === undefined ? null : pickedIn(zone, from),
          to === undefined ? null : pickedIn(zone, to).subtract(1, 'day'),
        ]}
        onChange={(range) =>
          url.change({
            created_at_from: range?.[0] ? startIn(zone, range[0]) : undefined,
            // Until the end of the last day.
            created_at_to: range?.[1] ? startIn(zone, range[1].add(1, 'day')) : undefined,
          })
        }
      />
    </Flex>
  );
}
