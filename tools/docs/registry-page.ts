// docs/reference/registry.md: the format of subscriber records, and why a row is refused.

import { CARRIERS, LINE_STATUSES } from '../../src/domain/subscriber.ts';
import { MAX_FREE_CARRIERS } from '../../src/sources/registry/carrier-list.ts';
import { COLUMNS, type Column, REQUIRED_COLUMNS } from '../../src/sources/registry/read-row.ts';
import { REJECT_REASONS, type RejectCode } from '../../src/sources/registry/reject-reasons.ts';
import { fence, joinBlocks, type Page, quote, renderTable } from './markdown.ts';

const list = (words: readonly string[]) => words.map(quote).join(', ');

const MEANINGS: Readonly<Record<Column, string>> = {
  msisdn: 'A national number of the default region (`--region`), or E.164 with `+` or `00`.',
  status: `One of ${list(LINE_STATUSES)}.`,
  activated_on: 'ISO date of activation, not in the future. Empty: the tenure is not known.',
  carrier: `The serving carrier: ${list(CARRIERS)}, or free text, of which a file may name ${MAX_FREE_CARRIERS} different ones. Empty: not recorded.`,
  name: 'Stored only as a keyed hash. Empty: comparisons that need it find no record.',
  id_card: 'An ID card number by GB 11643; stored only as a keyed hash. Empty: as for the name.',
  as_of: 'ISO date of which the row is true, not after tomorrow (in the configured zone). Empty: today.',
};

const REASONS: Readonly<Record<RejectCode, string>> = {
  msisdn_invalid: 'The number is malformed.',
  status_invalid: 'The status is none of the words above.',
  activated_on_invalid: 'Not an existing ISO date.',
  activated_on_future: 'The date lies after today.',
  carrier_invalid: 'The carrier is too long or holds control characters.',
  name_invalid: 'The name is too long or holds digits or symbols.',
  id_card_invalid: 'Region, birth date or check character is wrong.',
  as_of_invalid: 'Not an existing ISO date.',
  as_of_future: 'The date lies after tomorrow.',
  column_count: 'The row has more or fewer cells than the first line.',
  quote_invalid: 'A quote stands where none may.',
  quote_unclosed: 'A quote is never closed.',
  line_too_long: 'The row is longer than the limit.',
  encoding_invalid: 'The row is not UTF-8.',
  json_invalid: 'The line is not a JSON object of strings.',
};

const EXAMPLE = `msisdn,status,activated_on,carrier,name,id_card,as_of
13912345678,normal,2019-04-01,mobile,韦小宝,11010519491231002X,2026-11-01
+8613312345678,suspended,2025-12-24,telecom,,,2026-11-01`;

const RULES = `CSV with a first line that names the columns, in any order, or NDJSON with the same names; either may be gzipped. UTF-8, with or
without a byte order mark. Only ${list(REQUIRED_COLUMNS)} must be there; columns of other names are ignored with a warning.

An import is streamed and atomic: calls see the old rows until it is done, and a killed import leaves the old rows. Rows are
merged by default: the newer \`as_of\` wins, on a tie the later line. \`--replace\` swaps the whole registry. Refused rows are listed
in a file with line number, reason and field; the rest is imported. A file of which no row is accepted changes nothing, and the
command ends with 1.

In a merge, a column that the first line does not name (NDJSON: a key that the object does not have) leaves that element of an
existing row as it is; an empty cell (NDJSON: \`null\` or empty text) clears it. So an export that is imported again changes
nothing. Without \`as_of\` a row is true of today. Of several rows with one number in a file only the one that wins counts. Where
a number may have changed hands, name \`name\` and \`id_card\` and leave their cells empty: what was held of the former holder
would stay otherwise. \`--replace\` keeps nothing.

Over HTTP a file is sent first (\`POST /api/v1/operator/registry/uploads\`), which answers how its first rows would be read, and
imported then (\`POST /api/v1/operator/registry/imports\`), by the same rules, in a job of the server.

What an import replaces and what \`registry delete\` removes is overwritten in the files of the data directory too, free space and
write-ahead log included. A long reader (an export) puts that off until the next import or deletion, and both say so. Copies that
left the directory before, such as backups, keep what they hold.`;

export function createRegistryPage(): Page {
  return {
    file: 'registry.md',
    title: 'Subscriber records',
    summary: 'The file format of `registry import`.',
    body: joinBlocks(
      fence(EXAMPLE, 'csv'),
      RULES,
      renderTable(
        ['Column', 'Meaning'],
        COLUMNS.map((column) => [quote(column), MEANINGS[column]]),
      ),
      '## Why a row is refused',
      renderTable(
        ['Reason', 'Field', 'Meaning'],
        REJECT_REASONS.map(({ code, field }) => [
          quote(code),
          field === '' ? '' : quote(field),
          REASONS[code],
        ]),
      ),
    ),
  };
}
