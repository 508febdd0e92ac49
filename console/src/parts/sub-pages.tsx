// The pages below one page, as a row of links; on a small screen it scrolls.

import { NavLink } from 'react-router';

interface Props {
  readonly label: string;
  readonly pages: readonly { readonly path: string; readonly title: string }[];
}

export function SubPages({ label, pages }: Props) {
  return (
    <nav className="sub-pages no-print" aria-label={label}>
      {pages.map(({ path, title }) => (
        <NavLink key={path} to={path} end>
          {title}
        </NavLink>
      ))}
    </nav>
  );
}
