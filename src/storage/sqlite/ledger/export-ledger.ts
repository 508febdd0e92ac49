// Writes entries as CSV or NDJSON, oldest first, with every field that the chain's hash covers, so that a reader can
// check it again. Works while a server writes.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatCsvRecord } from '../../../codecs/csv.ts';
import { type CalendarDate, formatCalendarDate } from '../../../domain/calendar-date.ts';
import type { LedgerFormat } from '../../../ports/ledger-view.ts';
import { firstSeqOfDay, lastSeqOf, readEntries, type StoredEntry } from './read-entries.ts';
import { openLedgerFile } from './schema.ts';

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const satisfies readonly LedgerFormat[];
export type ExportFormat = LedgerFormat;

export interface ExportOptions {
  readonly ledgerPath: string;
  readonly format: ExportFormat;
  /** Only this account's entries. */
  readonly account?: number;
  /** First and last day, both included, as the entries were dated. */
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly accountIds: ReadonlyMap<number, string>;
  readonly secretIds: ReadonlyMap<number, string>;
  readonly formatTime: (unixMs: number) => string;
  /** In entries of the period, whoever's they are. */
  onProgress?(done: number, total: number): void;
}

const CHUNK_CHARACTERS = 64 * 1024;
/** Entries looked at in one step; an account's own may be far between. */
const STEP_ENTRIES = 50_000;

/** Answers how many entries were written. Does not end the stream, and fails when its reader goes away. */
export async function exportLedger(out: NodeJS.WritableStream, options: ExportOptions): Promise<number> {
  let entries = 0;
  const chunks = writeEntries(options, () => {
    entries += 1;
  });
  await pipeline(Readable.from(chunks), out, { end: false });
  return entries;
}

/** Yields a piece, or '' where a step found nothing. Closes the file itself: whatever ends the reading ends this too. */
export function* writeEntries(
  options: ExportOptions,
  onEntry: () => void = () => {},
): Generator<string, void, undefined> {
  const { format, account, from, to } = options;
  const database = openLedgerFile(options.ledgerPath, { readOnly: true });
  try {
    const first = from === undefined ? 1 : firstSeqOfDay(database, from);
    const last = to === undefined ? lastSeqOf(database) : firstSeqOfDay(database, to + 1) - 1;
    let text = format === 'csv' ? formatCsvRecord(Object.keys(describeEntry(SHAPE, options))) : '';
    for (let fromSeq = first; fromSeq <= last; fromSeq += STEP_ENTRIES) {
      const toSeq = Math.min(last, fromSeq + STEP_ENTRIES - 1);
      const own = account === undefined ? {} : { account };
      for (const stored of readEntries(database, { fromSeq, toSeq, ...own })) {
        text += formatEntry(describeEntry(stored, options), format);
        onEntry();
        if (text.length < CHUNK_CHARACTERS) continue;
        yield text;
        options.onProgress?.(stored.entry.seq - first + 1, last - first + 1);
        text = '';
      }
      yield '';
    }
    if (text !== '') yield text;
  } finally {
    database.close();
  }
}

type Described = Readonly<Record<string, string | number | boolean | null>>;

function formatEntry(described: Described, format: ExportFormat): string {
  if (format === 'ndjson') return `${JSON.stringify(described)}\n`;
  return formatCsvRecord(Object.values(described).map((value) => (value === null ? '' : String(value))));
}

function describeEntry({ entry, hash }: StoredEntry, options: ExportOptions): Described {
  return {
    seq: entry.seq,
    time: options.formatTime(entry.timeMs),
    date: formatCalendarDate(entry.day as CalendarDate),
    kind: entry.kind,
    accountId: options.accountIds.get(entry.account) ?? `#${entry.account}`,
    secretId: entry.kind === 'call' ? (options.secretIds.get(entry.key) ?? `#${entry.key}`) : '',
    service: entry.service,
    action: entry.action,
    protocol: entry.protocol,
    requestId: entry.requestId,
    outcome: entry.outcome,
    resultCode: entry.resultCode,
    charged: entry.charged,
    priceMinor: entry.priceMinor,
    paidBy: entry.paidBy,
    amount: entry.amount,
    source: entry.source,
    asOf: entry.asOf === null ? null : formatCalendarDate(entry.asOf as CalendarDate),
    timeMs: entry.timeMs,
    account: entry.account,
    key: entry.key,
    subject: Buffer.from(entry.subject).toString('hex'),
    counters: Buffer.from(entry.counters).toString('hex'),
    hash: Buffer.from(hash).toString('hex'),
  };
}

/** Gives the CSV its header line even when there is no entry. */
const SHAPE: StoredEntry = {
  entry: {
    ...{ seq: 0, timeMs: 0, day: 0, kind: 'call', account: 0, key: 0, service: '', action: '', protocol: '' },
    ...{
      requestId: '',
      outcome: '',
      resultCode: '',
      charged: false,
      priceMinor: 0,
      paidBy: 'none',
      amount: 0,
    },
    ...{ source: '', asOf: null, subject: new Uint8Array(), counters: new Uint8Array() },
  },
  hash: new Uint8Array(),
};
