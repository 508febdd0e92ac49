// What is looked for in the audit log.

import { DatePicker, Flex, Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { useUrlState } from '../../parts/url-state.ts';

interface Props {
  readonly url: ReturnType<typeof useUrlState>;
  /** Just cleared: the address may still say what was looked for. */
  readonly isCleared: boolean;
  readonly onNumber: (number: string) => void;
}

export function AuditFilters({ url, isCleared, onNumber }: Props) {
  const { t } = useTranslation();
  const from = url.get('from');
  const to = url.get('to');
  return (
    <Flex gap={8} wrap style={{ marginBlockEnd: 16 }} role="search" aria-label={t('operations.audit')}>
      {(['actor', 'act', 'subject'] as const).map((name) => (
        <Input.Search
          key={name}
          aria-label={t(`operations.${name}`)}
          placeholder={t(`operations.${name}`)}
          allowClear
          defaultValue={isCleared ? '' : (url.get(name) ?? '')}
          style={{ flex: '1 1 160px', maxWidth: 240 }}
          onSearch={(text) => url.change({ [name]: text.trim() })}
        />
      ))}
      <Input.Search
        aria-label={t('operations.number')}
        placeholder={t('operations.number')}
        title={t('operations.numberHelp')}
        allowClear
        maxLength={32}
        style={{ flex: '1 1 160px', maxWidth: 240 }}
        onSearch={(text) => onNumber(text.trim())}
      />
      <DatePicker.RangePicker
        aria-label={t('operations.period')}
        allowEmpty={[true, true]}
        value={[
          from === undefined ? null : dayjs(from),
          to === undefined ? null : dayjs(to).subtract(1, 'day'),
        ]}
        onChange={(range) =>
          url.change({
            from: range?.[0]?.startOf('day').toISOString(),
            // Until the end of the last day.
            to: range?.[1]?.add(1, 'day').startOf('day').toISOString(),
          })
        }
      />
    </Flex>
  );
}
