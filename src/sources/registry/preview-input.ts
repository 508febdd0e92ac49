// The first rows of an input file as an import would read them, with its own header and row readers. Numbers come out
// masked, of names and ID cards only whether they are there.

import { createRecordBlocks, type RecordBlock } from '../../codecs/record-blocks.ts';
import { type CalendarDate, formatCalendarDate } from '../../domain/calendar-date.ts';
import { maskMsisdn, parseMsisdn } from '../../domain/msisdn.ts';
import type { CellPresence, FilePreview, PreviewedRow } from '../../ports/registry-uploads.ts';
import { createCarrierList } from './carrier-list.ts';
import { detectFormat, type Header, readHeader, stripByteOrderMark } from './input-header.ts';
import { noRows } from './no-rows.ts';
import { createPackedRow } from './packed-rows.ts';
import { createBlockParser } from './parse-block.ts';
import { openInput } from './read-input.ts';
import { type Cells, COLUMNS, type Column, createRowReader } from './read-row.ts';

export interface PreviewOptions {
  readonly input: string;
  readonly sealKey?: Uint8Array;
  readonly region: string;
  readonly today: CalendarDate;
  readonly rows: number;
}

type SeenRow = Omit<PreviewedRow, 'line' | 'rejected'>;

const CHUNK_BYTES = 1 << 14;
const MAX_RECORD_BYTES = 1 << 20;
/** However few rows they hold: a small gzip file may unpack to very many bytes. */
const MAX_BYTES = 1 << 22;
const MAX_NAMES = 1000;
const NAME_MAX_LENGTH = 64;
const NOTHING: SeenRow = {
  ...{ number: undefined, status: undefined, activatedOn: undefined, carrier: undefined, asOf: undefined },
  ...{ name: 'absent', idCard: 'absent' },
};
const NO_HEADER: Header = { layout: [], unknownColumns: [], bytes: 0, lines: 0 };
/** A row that is accepted, to put one cell at a time into. */
const SOUND: Readonly<Partial<Record<Column, string>>> = { msisdn: '+8613800138000', status: 'normal' };
const NO_HASH = new Uint8Array();

/** Throws ImportError when an import would refuse the file. */
export async function previewInput(options: PreviewOptions): Promise<FilePreview> {
  const { input, sealKey } = options;
  const file = await openInput(input, { sealKey, chunkBytes: CHUNK_BYTES });
  const ready: RecordBlock[] = [];
  const columns = new Map<string, boolean>();
  const rows: PreviewedRow[] = [];
  let format: FilePreview['format'] = 'csv';
  let blocks: ReturnType<typeof createRecordBlocks> | undefined;
  let parse: ReturnType<typeof createBlockParser> | undefined;
  let bytesRead = 0;

  const reject = (line: number, reason: string): void =>
    void rows.push({ ...NOTHING, line, rejected: reason });

  function read(): void {
    for (const { bytes, firstLine } of ready.splice(0)) {
      const header = parse !== undefined || format === 'ndjson' ? NO_HEADER : readHeader(bytes);
      if (header === undefined) continue;
      for (const column of namesOf(header)) columns.set(...column);
      parse ??= createRowPreview({ options, format, header, columns, rows });
      parse(bytes.subarray(header.bytes), firstLine + header.lines);
    }
  }

  for await (const chunk of file.chunks) {
    const bytes = blocks === undefined ? stripByteOrderMark(chunk) : chunk;
    if (blocks === undefined) {
      format = detectFormat(bytes);
      const onBlock = (block: RecordBlock): void => void ready.push(block);
      blocks = createRecordBlocks({
        ...{ quoted: format === 'csv', maxRecordBytes: MAX_RECORD_BYTES, onBlock, onRejected: reject },
      });
    }
    blocks.push(bytes);
    read();
    bytesRead += bytes.length;
    if (rows.length >= options.rows || bytesRead >= MAX_BYTES) break;
  }
  if (rows.length < options.rows && bytesRead < MAX_BYTES) blocks?.finish();
  read();
  if (parse === undefined) throw noRows();
  return {
    ...{ format, gzip: file.packed },
    columns: [...columns].map(([name, known]) => ({ name, known })),
    missing: COLUMNS.filter((name) => !columns.has(name)),
    rows: rows.sort((a, b) => a.line - b.line).slice(0, options.rows),
  };
}

/** Names of the first line in their order, and whether they are ours. */
function namesOf({ layout, unknownColumns }: Header): [name: string, known: boolean][] {
  const unknown = [...unknownColumns];
  return layout.map((place) => {
    const known = COLUMNS[place];
    return known === undefined ? [unknown.shift() ?? '', false] : [known, true];
  });
}

interface RowPreview {
  readonly options: PreviewOptions;
  readonly format: FilePreview['format'];
  readonly header: Header;
  readonly columns: Map<string, boolean>;
  readonly rows: PreviewedRow[];
}

/** A parser of blocks that collects rows, as they would be read, in `rows`. */
function createRowPreview({ options, format, header, columns, rows }: RowPreview) {
  const { region, today } = options;
  const readRow = createRowReader({
    ...{ region, today, carriers: createCarrierList() },
    blindIndex: { ofName: () => NO_HASH, ofIdCard: () => NO_HASH },
  });
  const look = createLook(readRow, region);
  let seen: SeenRow | undefined;

  function keep(line: number, rejected: string | undefined): void {
    if (rows.length < options.rows) rows.push({ ...(seen ?? NOTHING), line, rejected });
    seen = undefined;
  }

  const noteKey = (key: string, known: boolean): void => {
    if (rows.length < options.rows && columns.size < MAX_NAMES)
      columns.set(key.slice(0, NAME_MAX_LENGTH), known);
  };

  return createBlockParser({
    ...{ format, layout: header.layout, maxRecordBytes: MAX_RECORD_BYTES },
    readRow(cells, row) {
      if (rows.length < options.rows) seen = look(cells);
      return readRow(cells, row);
    },
    onRow: ({ line }) => keep(line, undefined),
    onRejected: (line, code) => keep(line, code),
    onUnknownKey: (key) => noteKey(key, false),
    onKnownKey: (key) => noteKey(key, true),
  });
}

/** What can be shown of a row: each cell is read alone, within a row that is sound. */
function createLook(readRow: ReturnType<typeof createRowReader>, region: string) {
  const row = createPackedRow();

  function accepts(cells: Cells, column: Column): boolean {
    const alone = COLUMNS.map((name, place) =>
      name === column ? (cells[place] ?? '') : (SOUND[name] ?? ''),
    );
    return readRow(alone, row) === undefined;
  }

  return (cells: Cells): SeenRow => {
    const textOf = (column: Column): string => cells[COLUMNS.indexOf(column)] ?? '';
    const shown = (column: Column, show: () => string | undefined): string | undefined =>
      accepts(cells, column) ? show() || undefined : undefined;
    const presence = (column: Column): CellPresence => {
      if (textOf(column) === '') return 'absent';
      return accepts(cells, column) ? 'present' : 'invalid';
    };
    const dayOf = (date: CalendarDate | undefined) =>
      date === undefined ? undefined : formatCalendarDate(date);
    return {
      number: shown('msisdn', () => {
        const msisdn = parseMsisdn(`+${row.msisdn}`, region);
        return msisdn === undefined ? undefined : maskMsisdn(msisdn);
      }),
      status: shown('status', () => textOf('status')),
      activatedOn: shown('activated_on', () => dayOf(row.activatedOn)),
      carrier: shown('carrier', () => textOf('carrier')),
      asOf: shown('as_of', () => dayOf(row.asOf)),
      name: presence('name'),
      idCard: presence('id_card'),
    };
  };
}
