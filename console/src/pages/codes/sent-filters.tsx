// Which of the codes that were sent are shown; it stands in the address.

import { DatePicker, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../../api/visitor.ts';
import { pickedIn, startIn } from '../../parts/ledger-days.ts';
import type { useUrlState } from '../../parts/url-state.ts';
import { CODE_STATES, DELIVERY_STATES } from './states.tsx';

const KINDS = ['phone', 'email'] as const;
const FILTERS = ['status', 'deliveryStatus', 'kind', 'createdFrom', 'createdTo'] as const;

/** For the call; what an address says that there is not counts as nothing. */
export function sentFilters({ get }: Pick<ReturnType<typeof useUrlState>, 'get'>) {
  const one = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === get(name));
  const time = (name: string) => {
    const text = get(name);
    return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
  };
  return {
    status: one('status', CODE_STATES),
    deliveryStatus: one('deliveryStatus', DELIVERY_STATES),
    kind: one('kind', KINDS),
    createdFrom: time('createdFrom'),
    createdTo: time('createdTo'),
  };
}

export const NO_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

interface Props {
  readonly url: ReturnType<typeof useUrlState>;
}

export function SentFilters({ url }: Props) {
  const { t } = useTranslation();
  const zone = useTimeZone() ?? 'UTC';
  const { createdFrom: from, createdTo: to, ...chosen } = sentFilters(url);
  const select = (
    name: keyof typeof chosen,
    label: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ minWidth: 140 }}
      value={chosen[name] ?? null}
      onChange={(value: string | undefined) => url.change({ [name]: value })}
      options={[...options]}
    />
  );
  return (
    <>
      {select(
        'status',
        t('codes.code'),
        CODE_STATES.map((value) => ({ value, label: t(`codes.status_${value}`) })),
      )}
      {select(
        'deliveryStatus',
        t('codes.delivery'),
        DELIVERY_STATES.map((value) => ({ value, label: t(`codes.delivery_${value}`) })),
      )}
      {select(
        'kind',
        t('codes.kind'),
        KINDS.map((value) => ({ value, label: t(`codes.${value}`) })),
      )}
      <DatePicker.RangePicker
        aria-label={t('usage.period')}
        allowEmpty={[true, true]}
        value={[
          from === undefined ? null : pickedIn(zone, from),
          to === undefined ? null : pickedIn(zone, to).subtract(1, 'day'),
        ]}
        onChange={(range) =>
          url.change({
            createdFrom: range?.[0] ? startIn(zone, range[0]) : undefined,
            // Until the end of the last day.
            createdTo: range?.[1] ? startIn(zone, range[1].add(1, 'day')) : undefined,
          })
        }
      />
    </>
  );
}
