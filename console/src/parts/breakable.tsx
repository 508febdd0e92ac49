// A name or an address in one line where there is room; else it breaks where one would break it by hand: before the capital of
// a word, after what divides an address.

import { Fragment } from 'react';

const PLACES = /(?<=[a-z\d])(?=[A-Z])|(?<=[/?&_])/;

export function Breakable({ text }: { readonly text: string }) {
  const parts = text.split(PLACES);
  return parts.map((part, place) => (
    <Fragment key={parts.slice(0, place + 1).join('')}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
