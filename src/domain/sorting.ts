// The order in which a list is asked for. Rows that are equal in it are told apart by their id, the same way round.

export interface Sorting<By extends string> {
  readonly by: By;
  readonly descending: boolean;
}

/** For lists of few rows only. A row without the value comes after all that have it; letters of any case are equal. */
export function sortRows<Row, By extends string>(
  rows: readonly Row[],
  { by, descending }: Sorting<By>,
  values: Readonly<Record<By, (row: Row) => string | number | undefined>>,
  idOf: (row: Row) => string | number,
): Row[] {
  const keyed = rows.map((row) => ({ row, value: foldCase(values[by](row)), id: idOf(row) }));
  keyed.sort((one, other) => compare(one.value, other.value) || compare(one.id, other.id));
  if (descending) keyed.reverse();
  return keyed.map(({ row }) => row);
}

function foldCase(value: string | number | undefined): string | number | undefined {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}
