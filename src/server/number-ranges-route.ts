// GET /number-ranges: which numbers are served, from the operator's live table, as JSON or as a page.

import type { FastifyInstance } from 'fastify';
import type { NumberRange } from '../ports/source.ts';

interface Written {
  readonly ranges: readonly NumberRange[];
  readonly json: string;
  readonly page: string;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function addNumberRangesRoute(server: FastifyInstance, list: () => readonly NumberRange[]): void {
  // Anybody may ask, and a table can be long: it is written out once for each change, not for each request.
  let written: Written | undefined;

  function writeOnce(): Written {
    const ranges = list();
    if (written?.ranges !== ranges)
      written = { ranges, json: JSON.stringify(ranges), page: renderPage(ranges) };
    return written;
  }

  server.get('/number-ranges', (request, reply) => {
    const { json, page } = writeOnce();
    reply.header('Vary', 'Accept');
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    return wantsPage
      ? reply.type('text/html; charset=utf-8').send(page)
      : reply.type('application/json').send(json);
  });
}

function renderPage(ranges: readonly NumberRange[]): string {
  const rows = ranges.map(
    ({ prefix, holder, actions }) =>
      `<tr><td>${escapeHtml(prefix)}</td><td>${escapeHtml(holder)}</td><td>${escapeHtml(actions.join(', ') || 'every action')}</td></tr>\n`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Number ranges - Lineproof</title>
<h1>Number ranges</h1>
<p>A number belongs to the range with the longest prefix that fits it. Numbers outside every range, and actions that the
range does not list, are answered as unsupported, free of charge.</p>
<table><thead><tr><th>Prefix</th><th>Holder</th><th>Actions</th></tr></thead><tbody>
${rows.join('')}</tbody></table>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
