// Filters and pages live in the address, so that a list can be linked, reloaded and gone back to.

import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

const PAGE_SIZE = 20;
const SIZES = [10, 20, 50, 100];

/** `prefix` keeps apart the lists of one page: of each but one, page, size and order have names of their own. */
export function useUrlState(prefix = '') {
  const [search, setSearch] = useSearchParams();
  const [PAGE, SIZE, ORDERING] = [`${prefix}page`, `${prefix}size`, `${prefix}ordering`];

  /** '' takes a filter away; whatever changes, the list begins again. */
  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>, keepsPage = false) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (!keepsPage) next.delete(PAGE);
          for (const [name, value] of Object.entries(changes))
            if (value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [setSearch, PAGE],
  );

  const page = wholeOf(search.get(PAGE), 1);
  const size = SIZES.find((one) => one === wholeOf(search.get(SIZE), PAGE_SIZE)) ?? PAGE_SIZE;
  return {
    get: (name: string) => search.get(name) ?? undefined,
    change,
    /** As it stands there; what it may be, each list knows. */
    ordering: search.get(ORDERING) ?? undefined,
    order: (ordering: string | undefined) => change({ [ORDERING]: ordering }),
    limit: size,
    offset: (page - 1) * size,
    /** For Ant Design's table. */
    pagination: (total: number, showTotal: (total: number) => string) => ({
      current: page,
      pageSize: size,
      total,
      showTotal,
      showSizeChanger: total > (SIZES[0] ?? PAGE_SIZE),
      pageSizeOptions: SIZES,
      hideOnSinglePage: false,
      // Small on a phone, where ten pages need two lines otherwise.
      responsive: true,
      onChange: (nextPage: number, nextSize: number) =>
        change(
          {
            [PAGE]: nextPage === 1 || nextSize !== size ? undefined : String(nextPage),
            [SIZE]: nextSize === PAGE_SIZE ? undefined : String(nextSize),
          },
          true,
        ),
    }),
  };
}

function wholeOf(text: string | null, usual: number): number {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : usual;
}
