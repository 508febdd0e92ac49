// The order of a list: in the address, in the headings of its columns (a click or the Enter key turns it), and in the call.

import type { useUrlState } from './url-state.ts';

type Order<Column extends string> = Column | `-${Column}`;
type Direction = 'ascend' | 'descend';

/** What Ant Design's table tells of a heading that was turned. */
interface Turned {
  readonly order?: Direction | null | undefined;
  readonly columnKey?: PropertyKey | bigint | undefined;
}

/** Never back to no order: a list always has one. */
const TURNS: Readonly<Record<Direction, Direction[]>> = {
  ascend: ['ascend', 'descend', 'ascend'],
  descend: ['descend', 'ascend', 'descend'],
};

/** `usual`: how the server sorts where nothing is asked for. An order of the address that there is not counts as none. */
export function orderingOf<const Column extends string>(
  { ordering, order }: Pick<ReturnType<typeof useUrlState>, 'ordering' | 'order'>,
  columns: readonly Column[],
  usual: NoInfer<Order<Column>>,
) {
  const all = columns.flatMap((column): Order<Column>[] => [column, `-${column}`]);
  const asked = all.find((one) => one === ordering);
  const current = asked ?? usual;
  const directionOf = (column: Column): Direction | null => {
    if (current === column) return 'ascend';
    return current === `-${column}` ? 'descend' : null;
  };
  const turnTo = (next: string) => order(next === usual ? undefined : next);
  const onChange = (
    _page: unknown,
    _filters: unknown,
    turned: Turned | readonly Turned[],
    { action }: { readonly action: string },
  ) => {
    if (action !== 'sort' || !('columnKey' in turned)) return;
    turnTo(`${turned.order === 'descend' ? '-' : ''}${String(turned.columnKey)}`);
  };
  return {
    /** For the call. */
    asked,
    current,
    turnTo,
    onChange,
    /** Of a column of the table. */
    by: (column: Column, first: Direction = 'ascend') => ({
      key: column,
      sorter: true,
      sortOrder: directionOf(column),
      sortDirections: TURNS[first],
    }),
  };
}

export type ListOrder = Pick<ReturnType<typeof orderingOf>, 'onChange'>;
