// docs/reference/number-ranges.md: what a number range says, how to edit the table, what it starts with.

import { ACTIONS } from '../../src/actions/index.ts';
import { MAINLAND_RANGES } from '../../src/domain/mainland-ranges.ts';
import { fence, joinBlocks, type Page, quote, renderTable } from './markdown.ts';

const FORMAT = `A number belongs to the row with the longest prefix that fits it. A number in no row, or in a row that does not list the
asked action, gets result \`-13\` ("number range unsupported"), free of charge.

| column | meaning |
|---|---|
| \`prefix\` | \`+\`, country code and leading digits, for example \`+86138\` |
| \`holder\` | who was assigned the range: \`mobile\`, \`telecom\`, \`unicom\`, \`broadnet\`, \`virtual\`, or free text |
| \`actions\` | names of the served actions, separated by spaces; empty means all |

The table lies beside the subscriber rows in \`registry.db\`. An import of subscribers never touches it, \`--replace\` included. A
running server sees a change within a second, and publishes the table as it is at \`GET /number-ranges\`: a page for a browser,
JSON for everything else. It needs no key; do not write into it what callers must not read.`;

export function createNumberRangesPage(): Page {
  const holders = Map.groupBy(MAINLAND_RANGES, ({ holder }) => holder);
  const asking = ACTIONS.filter((action) => action.service !== 'platform').map(({ name }) => quote(name));
  return {
    file: 'number-ranges.md',
    title: 'Number ranges',
    summary: 'Which numbers exist, who holds them and which actions may be asked of them.',
    body: joinBlocks(
      FORMAT,
      `Actions: ${asking.join(', ')}.`,
      fence('npm run -s lineproof -- ranges list\nnpm run -s lineproof -- ranges --help', 'sh'),
      '## What a new registry starts with',
      'The mobile ranges of mainland China (country code 86), leading digits of the national number.',
      renderTable(
        ['Holder', 'Leading digits'],
        [...holders].map(([holder, ranges]) => [holder, ranges.map(({ digits }) => digits).join(' ')]),
      ),
    ),
  };
}
