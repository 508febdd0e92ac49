// What an action can conclude, and which conclusions are charged.

import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Mark } from '../../parts/mark.tsx';

type Result = Action['results'][number];

export function ResultTable({ results }: { readonly results: readonly Result[] }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  return (
    <Table<Result>
      rowKey="outcome"
      size="small"
      pagination={false}
      scroll={{ x: 560 }}
      dataSource={[...results]}
      columns={[
        {
          title: t('reference.result'),
          width: 150,
          render: (_, { result }) =>
            result === null ? t('reference.asError') : <code className="value">{result}</code>,
        },
        { title: t('reference.meaning'), render: (_, { description }) => pick(description) },
        {
          title: t('usage.outcome'),
          width: 190,
          render: (_, { outcome }) => <code className="value">{outcome}</code>,
        },
        {
          title: t('usage.charge'),
          width: 110,
          render: (_, { charged }) =>
            charged ? <Mark tone="warning">{t('reference.charged')}</Mark> : t('usage.free'),
        },
      ]}
    />
  );
}
