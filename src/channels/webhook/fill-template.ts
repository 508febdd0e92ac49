// Texts with placeholders, written once by the operator and filled for each message. A value can only ever be a value: it is
// escaped for the place where it stands, so that no recipient and no text adds a field.

import type { Message } from '../../ports/message-channel.ts';

/** number: `to` without the plus. */
const VALUES = {
  to: (message: Message) => message.to,
  number: (message: Message) => message.to.replace(/^\+/, ''),
  text: (message: Message) => message.text,
  subject: (message: Message) => message.subject,
  id: (message: Message) => message.id,
  language: (message: Message) => message.language,
} as const;
type Placeholder = keyof typeof VALUES;

export type Fill = (message: Message) => string;
export type BodyKind = 'json' | 'form';

const PLACEHOLDER = /\{([A-Za-z_]\w*)\}/g;

/** A body with its values in place. Throws Error when the template is no JSON or names an unknown placeholder. */
export function compileBody(template: string, kind: BodyKind): Fill {
  if (kind === 'form') return compile(template, encodeURIComponent);
  // Written anew, so that each placeholder stands in a JSON string; outside of one it would be no JSON.
  return compile(JSON.stringify(JSON.parse(template)), escapeForJson);
}

/** A URL with values in its query. Throws Error when one stands before the query, where it could lead elsewhere. */
export function compileUrl(template: string): Fill {
  const query = template.indexOf('?');
  const fixed = query === -1 ? template : template.slice(0, query);
  if (fixed.search(PLACEHOLDER) !== -1) throw new Error('placeholders belong in the query of a URL');
  if (!URL.canParse(fixed)) throw new Error('this is no URL');
  return compile(template, encodeURIComponent);
}

function compile(template: string, escapeValue: (value: string) => string): Fill {
  const pieces: (string | Placeholder)[] = template.split(PLACEHOLDER);
  // What split() captures stands at odd places.
  for (const [at, piece] of pieces.entries()) {
    if (at % 2 === 1 && !Object.hasOwn(VALUES, piece)) throw new Error(`{${piece}} is no placeholder`);
  }
  if (pieces.length === 1) return () => template;
  return (message) => {
    let filled = '';
    for (let at = 0; at < pieces.length; at += 1) {
      const piece = pieces[at] ?? '';
      filled += at % 2 === 0 ? piece : escapeValue(VALUES[piece as Placeholder](message).toWellFormed());
    }
    return filled;
  };
}

function escapeForJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
