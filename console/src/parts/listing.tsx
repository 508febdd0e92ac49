// A list whose pages come from the server: its states (loading, failed, empty) and its rows are the same everywhere.

import type { UseQueryResult } from '@tanstack/react-query';
import { Card, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FittingTable } from './fitting-table.tsx';
import type { ListOrder } from './ordering.ts';
import { Problem } from './problem.tsx';
import type { useUrlState } from './url-state.ts';

interface Props<Row> {
  readonly rows: UseQueryResult<{ readonly count: number; readonly items: readonly Row[] }>;
  readonly url: ReturnType<typeof useUrlState>;
  readonly rowKey: (row: Row) => string;
  readonly columns: TableColumnsType<Row>;
  /** On a phone in their place, where lines would say it badly. */
  readonly narrow?: TableColumnsType<Row>;
  readonly order?: ListOrder;
  /** Pixels below which the table scrolls. */
  readonly width: number;
  readonly empty: ReactNode;
  readonly title?: ReactNode;
  /** Beside the title. */
  readonly extra?: ReactNode;
  /** Above the rows. */
  readonly lead?: ReactNode;
}

export function Listing<Row extends object>(props: Props<Row>) {
  const { rows, url, rowKey, columns, narrow, order, width, empty, title, extra, lead } = props;
  const { t } = useTranslation();
  if (rows.isError) return <Problem error={rows.error} retry={() => void rows.refetch()} />;
  if (rows.data?.count === 0)
    return (
      <Card title={title} extra={extra}>
        {empty}
      </Card>
    );
  return (
    <Card title={title} extra={extra} styles={{ body: { padding: 0 } }}>
      {lead !== undefined && <div style={{ padding: '16px 24px' }}>{lead}</div>}
      <FittingTable<Row>
        rowKey={rowKey}
        dataSource={[...(rows.data?.items ?? [])]}
        loading={rows.isPending}
        width={width}
        columns={columns}
        narrow={narrow}
        {...(order === undefined ? {} : { onChange: order.onChange })}
        pagination={{
          ...url.pagination(rows.data?.count ?? 0, (count) => t('common.total', { count })),
          style: { paddingInline: 16 },
        }}
      />
    </Card>
  );
}
