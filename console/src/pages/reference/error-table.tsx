// What can go wrong, whose it is to mend, and how.

import { Flex, Grid, Table, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ActionError } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Mark } from '../../parts/mark.tsx';

export function ErrorTable({ errors }: { readonly errors: readonly ActionError[] }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const isWide = Grid.useBreakpoint().md === true;
  const whose = ({ blame, retryable }: ActionError) => (
    <>
      {t(`reference.blame_${blame as 'caller'}`)}{' '}
      {retryable && <Mark tone="plain">{t('reference.retry')}</Mark>}
    </>
  );
  const narrow: TableColumnsType<ActionError> = [
    {
      title: t('reference.result'),
      render: (_, error) => (
        <Flex vertical gap={4}>
          <code className="value">{error.code}</code>
          <span>{pick(error.message)}</span>
          <Typography.Text type="secondary">{pick(error.advice)}</Typography.Text>
          <span>
            {t('reference.whose')}: {whose(error)}
          </span>
        </Flex>
      ),
    },
  ];
  const wide: TableColumnsType<ActionError> = [
    {
      title: t('reference.result'),
      width: 340,
      render: (_, { code }) => <code className="value">{code}</code>,
    },
    { title: t('reference.meaning'), render: (_, { message }) => pick(message) },
    { title: t('reference.advice'), render: (_, { advice }) => pick(advice) },
    { title: t('reference.whose'), width: 130, render: (_, error) => whose(error) },
  ];
  return (
    <Table<ActionError>
      rowKey={({ code, fault }) => `${code} ${fault}`}
      size="small"
      pagination={false}
      showHeader={isWide}
      {...(isWide ? { scroll: { x: 900 } } : {})}
      dataSource={[...errors]}
      columns={isWide ? wide : narrow}
    />
  );
}
