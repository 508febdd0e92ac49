// A table that fits its screen: what stands in columns on a wide one stands in the lines of each row on a phone.

import { Flex, Grid, Table, type TableColumnsType, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { RowFacts } from './row-facts.tsx';

interface Props<Row> extends Omit<TableProps<Row>, 'columns' | 'scroll'> {
  /** The first one heads the row of a phone; one without a word for a title, or with the key `actions`, stands beside it. */
  readonly columns: TableColumnsType<Row>;
  /** On a phone in their place, where lines would say it badly. */
  readonly narrow?: TableColumnsType<Row> | undefined;
  /** Pixels below which it scrolls, where it is not folded. */
  readonly width: number;
}

export function FittingTable<Row extends object>({ columns, narrow, width, ...table }: Props<Row>) {
  const isWide = Grid.useBreakpoint().md === true;
  return isWide ? (
    <Table<Row> {...table} columns={columns} scroll={{ x: width }} />
  ) : (
    <Table<Row> {...table} columns={narrow ?? fold(columns)} />
  );
}

type Column<Row> = TableColumnsType<Row>[number];

function fold<Row extends object>(columns: TableColumnsType<Row>): TableColumnsType<Row> {
  const [head, ...others] = columns;
  if (head === undefined) return columns;
  const isFact = ({ title, key }: Column<Row>) => typeof title === 'string' && key !== 'actions';
  const facts = others.filter(isFact);
  const acts = others.filter((column) => !isFact(column));
  const { width: _, ...kept } = head;
  return [
    {
      ...kept,
      render: (_, row, index) => (
        <Flex vertical gap={8}>
          <Flex justify="space-between" align="flex-start" gap={8}>
            <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>{cell(head, row, index)}</div>
            {acts.map((column) => (
              <div key={String(column.key ?? column.width)} style={{ flex: 'none' }}>
                {cell(column, row, index)}
              </div>
            ))}
          </Flex>
          <RowFacts facts={facts.map((column) => [String(column.title), cell(column, row, index)])} />
        </Flex>
      ),
    },
  ];
}

/** Every column of this console says itself what it shows. */
function cell<Row>({ render }: Column<Row>, row: Row, index: number): ReactNode {
  return render?.(undefined, row, index) as ReactNode;
}
