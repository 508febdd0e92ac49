// Newest or oldest first, for lists that are no table.

import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What the rows call their time. */
  readonly column: string;
  readonly order: { readonly current: string; readonly turnTo: (next: string) => void };
}

export function TimeOrder({ column, order }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('common.order')}
      value={order.current}
      style={{ minWidth: 140 }}
      onChange={order.turnTo}
      options={[
        { value: `-${column}`, label: t('common.newestFirst') },
        { value: column, label: t('common.oldestFirst') },
      ]}
    />
  );
}
