// The pages below one page: a row of links, which scrolls on a small screen, and the one that is open. While it is loaded the
// head of the page stays.

import { Suspense } from 'react';
import { NavLink, Outlet } from 'react-router';
import { Loading } from './loading.tsx';

interface Props {
  readonly label: string;
  readonly pages: readonly { readonly path: string; readonly title: string }[];
}

export function SubPages({ label, pages }: Props) {
  return (
    <>
      <nav className="sub-pages no-print" aria-label={label}>
        {pages.map(({ path, title }) => (
          <NavLink key={path} to={path} end>
            {title}
          </NavLink>
        ))}
      </nav>
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </>
  );
}
