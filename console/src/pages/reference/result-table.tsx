// What an action can conclude, and which conclusions are charged.

import { Flex, Grid, Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Mark } from '../../parts/mark.tsx';

type Result = Action['results'][number];

export function ResultTable({ results }: { readonly results: readonly Result[] }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const isWide = Grid.useBreakpoint().md === true;
  const code = ({ result }: Result) =>
    result === null ? t('reference.asError') : <code className="value">{result}</code>;
  const name = ({ outcome }: Result) => <code className="value">{outcome}</code>;
  const charge = ({ charged }: Result) =>
    charged ? <Mark tone="warning">{t('reference.charged')}</Mark> : t('usage.free');
  const narrow: TableColumnsType<Result> = [
    {
      title: t('reference.result'),
      render: (_, one) => (
        <>
          <Flex justify="space-between" gap={8}>
            <span>
              {code(one)} · {name(one)}
            </span>
            <span>{charge(one)}</span>
          </Flex>
          {pick(one.description)}
        </>
      ),
    },
  ];
  const wide: TableColumnsType<Result> = [
    { title: t('reference.result'), width: 150, render: (_, one) => code(one) },
    { title: t('reference.meaning'), render: (_, { description }) => pick(description) },
    { title: t('usage.outcome'), width: 190, render: (_, one) => name(one) },
    { title: t('usage.charge'), width: 110, render: (_, one) => charge(one) },
  ];
  return (
    <Table<Result>
      rowKey="outcome"
      size="small"
      pagination={false}
      showHeader={isWide}
      {...(isWide ? { scroll: { x: 560 } } : {})}
      dataSource={[...results]}
      columns={isWide ? wide : narrow}
    />
  );
}
