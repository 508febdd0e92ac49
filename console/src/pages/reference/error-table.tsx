// What can go wrong, whose it is to mend, and how.

import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ActionError } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Mark } from '../../parts/mark.tsx';

export function ErrorTable({ errors }: { readonly errors: readonly ActionError[] }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  return (
    <Table<ActionError>
      rowKey={({ code, fault }) => `${code} ${fault}`}
      size="small"
      pagination={false}
      scroll={{ x: 900 }}
      dataSource={[...errors]}
      columns={[
        {
          title: t('reference.result'),
          width: 340,
          render: (_, { code }) => <code className="value">{code}</code>,
        },
        { title: t('reference.meaning'), render: (_, { message }) => pick(message) },
        { title: t('reference.advice'), render: (_, { advice }) => pick(advice) },
        {
          title: t('reference.whose'),
          width: 130,
          render: (_, { blame, retryable }) => (
            <>
              {t(`reference.blame_${blame as 'caller'}`)}{' '}
              {retryable && <Mark tone="plain">{t('reference.retry')}</Mark>}
            </>
          ),
        },
      ]}
    />
  );
}
