// A sentence of the server in which names stand between backticks.

import { Fragment } from 'react';

export function Marked({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code className="value" key={part}>
        {part}
      </code>
    ) : (
      <Fragment key={part}>{part}</Fragment>
    ),
  );
}
