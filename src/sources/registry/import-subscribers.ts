// Imports one file: read and cut here, parsed and hashed in threads, spilled as sorted runs, merged in ascending order
// into one atomic load. Nothing is changed before the load commits.

import { basename } from 'node:path';
import { createRecordBlocks, type RecordBlock } from '../../codecs/record-blocks.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { remark } from '../../domain/remark.ts';
import { LINE_STATUSES } from '../../domain/subscriber.ts';
import type { LoadResult, SubscriberLoad } from '../../ports/subscriber-store.ts';
import { countFreeCarriers, MAX_FREE_CARRIERS } from './carrier-list.ts';
import { ImportError } from './import-error.ts';
import { detectFormat, readHeader, stripByteOrderMark } from './input-header.ts';
import { noRows } from './no-rows.ts';
import { createPackedRow } from './packed-rows.ts';
import { type ParsingThreads, startParsingThreads } from './parse-workers.ts';
import { openInput } from './read-input.ts';
import type { RejectCode } from './reject-reasons.ts';
import { createRejectedRows, type RejectedRows } from './rejected-rows.ts';
import { mergeRuns, type Run, type RunMerge } from './run-files.ts';

export interface ImportOptions {
  readonly input: string;
  /** Of an input that was sealed. */
  readonly sealKey?: Uint8Array | undefined;
  /** An empty directory of this import alone, on the disk of the registry; the caller removes it. */
  readonly workDirectory: string;
  /** Where the file of rejected rows is put. */
  readonly rejectedDirectory: string;
  readonly blindIndexKey: Uint8Array;
  readonly region: string;
  readonly today: CalendarDate;
  openLoad(): Promise<SubscriberLoad>;
  /** Of the disk of the registry. */
  freeBytes(): number;
  /** Does a number range cover this number? */
  isCovered(msisdn: number): boolean;
  onProgress?(progress: ImportProgress): void;
  readonly replace?: boolean;
  readonly threads?: number;
  readonly maxRecordBytes?: number;
  readonly maxListedRejects?: number;
  readonly rowsPerRun?: number;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'writing';
  /** Of the input while reading, of the rows while writing. */
  readonly done: number;
  readonly total: number;
  readonly rows: number;
}

export interface ImportResult extends LoadResult {
  readonly accepted: number;
  readonly rejected: number;
  /** Counted, but beyond what the file of rejected rows lists. */
  readonly rejectedUnlisted: number;
  readonly rejectedFile: string | undefined;
  /** Why there is no such file, though rows were rejected. */
  readonly rejectedFileError: string | undefined;
  readonly rejectedByReason: Readonly<Partial<Record<RejectCode, number>>>;
  /** Accepted rows that another row of the file with the same number replaced. */
  readonly repeated: number;
  /** Numbers that no range covers: calls for them are refused until a range is added. */
  readonly outsideRanges: number;
  /** The first few leading digits of such numbers. */
  readonly outsidePrefixes: readonly string[];
  readonly unknownColumns: readonly string[];
}

const ROWS_PER_RUN = 250_000;
/** Merged with one open file each: below the 1024 that a process may usually open. 150 million rows. */
const MAX_RUNS = 600;
const ROWS_PER_TURN = 16_384;
const ROWS_PER_SYNC = 1 << 19;
const MAX_OUTSIDE_PREFIXES = 10;
const MEBIBYTE = 1_048_576;
/** Left free whatever an import takes: a full disk refuses every charged call. */
const LEFT_FREE_BYTES = 256 * MEBIBYTE;
const tooManyRows = () =>
  new ImportError('the file has too many rows; split it', remark('import_too_many_rows'));

interface Parsed {
  readonly runs: readonly Run[];
  readonly accepted: number;
  readonly unknownColumns: readonly string[];
}

export async function importSubscribers(options: ImportOptions): Promise<ImportResult> {
  const rejects = createRejectedRows(options.workDirectory, options.maxListedRejects ?? 1_000_000);
  try {
    const parsed = await parseInput(options, rejects);
    if (parsed.accepted === 0 && options.replace === true) {
      const message = 'no row was accepted; the registry is not replaced by nothing';
      throw new ImportError(message, remark('import_none_accepted'));
    }
    if (parsed.runs.length > MAX_RUNS) throw tooManyRows();
    if (countFreeCarriers(parsed.runs.map(({ carriers }) => carriers)) > MAX_FREE_CARRIERS) {
      throw new ImportError(
        `the file names more than ${MAX_FREE_CARRIERS} different carriers; is another column named carrier?`,
        remark('import_too_many_carriers', { max: MAX_FREE_CARRIERS }),
      );
    }
    const written = await writeRuns(options, parsed);
    return {
      ...written,
      accepted: parsed.accepted,
      rejected: rejects.count(),
      rejectedUnlisted: rejects.unlisted(),
      ...(await publish(rejects, options)),
      rejectedByReason: rejects.byReason(),
      unknownColumns: parsed.unknownColumns,
    };
  } finally {
    await rejects.close();
  }
}

function refuseFullDisk({ freeBytes }: ImportOptions): void {
  const free = freeBytes();
  if (free >= LEFT_FREE_BYTES) return;
  throw new ImportError(
    `the disk has ${Math.floor(free / MEBIBYTE)} MiB free, and an import leaves ${LEFT_FREE_BYTES / MEBIBYTE} MiB: a full disk refuses calls`,
    remark('import_disk_full', { free: Math.floor(free / MEBIBYTE), left: LEFT_FREE_BYTES / MEBIBYTE }),
  );
}

/** The rows are in by now: a list that cannot be put in its place must not look like an import that failed. */
async function publish(
  rejects: RejectedRows,
  options: ImportOptions,
): Promise<Pick<ImportResult, 'rejectedFile' | 'rejectedFileError'>> {
  try {
    const rejectedFile = await rejects.publish(options.rejectedDirectory, basename(options.input));
    return { rejectedFile, rejectedFileError: undefined };
  } catch (error) {
    return { rejectedFile: undefined, rejectedFileError: String(error).replace(/^Error: /, '') };
  }
}

async function parseInput(options: ImportOptions, rejects: RejectedRows): Promise<Parsed> {
  const input = await openInput(options.input, { sealKey: options.sealKey });
  const ready: RecordBlock[] = [];
  const unknownColumns = new Set<string>();
  let threads: ParsingThreads | undefined;
  let blocks: ReturnType<typeof createRecordBlocks> | undefined;
  let format: 'csv' | 'ndjson' = 'csv';
  const rowsPerRun = options.rowsPerRun ?? ROWS_PER_RUN;
  let accepted = 0;
  let weighed = 0;

  const start = (layout: readonly number[]): ParsingThreads =>
    startParsingThreads({
      threads: options.threads ?? 2,
      setup: {
        format,
        layout,
        maxRecordBytes: options.maxRecordBytes ?? 1 << 20,
        region: options.region,
        today: options.today,
        blindIndexKey: options.blindIndexKey,
        directory: options.workDirectory,
        rowsPerRun,
      },
      onParsed(parsed) {
        accepted += parsed.accepted;
        rejects.addPairs(parsed.rejected);
        for (const key of parsed.unknownKeys) unknownColumns.add(key);
      },
    });

  /** With each run: a small file may unpack to more rows than there is room for. */
  function weigh(): void {
    if (accepted < weighed + rowsPerRun) return;
    weighed = accepted;
    if (accepted > MAX_RUNS * rowsPerRun) throw tooManyRows();
    refuseFullDisk(options);
  }

  async function dispatch(): Promise<void> {
    for (const block of ready.splice(0)) {
      let { bytes, firstLine } = block;
      if (threads === undefined) {
        const header =
          format === 'csv' ? readHeader(bytes) : { layout: [], unknownColumns: [], bytes: 0, lines: 0 };
        if (header === undefined) continue;
        for (const column of header.unknownColumns) unknownColumns.add(column);
        threads = start(header.layout);
        bytes = bytes.subarray(header.bytes);
        firstLine += header.lines;
      }
      // A copy that the thread can take over.
      await threads.parse(Uint8Array.from(bytes).buffer, firstLine);
      await rejects.flush();
      weigh();
    }
    options.onProgress?.({
      phase: 'reading',
      done: input.doneBytes(),
      total: input.totalBytes,
      rows: accepted,
    });
  }

  try {
    for await (const chunk of input.chunks) {
      let bytes = chunk;
      if (blocks === undefined) {
        bytes = stripByteOrderMark(chunk);
        format = detectFormat(bytes);
        blocks = createRecordBlocks({
          quoted: format === 'csv',
          maxRecordBytes: options.maxRecordBytes ?? 1 << 20,
          onBlock: (block) => ready.push(block),
          onRejected: (line, reason) => rejects.add(line, reason),
        });
      }
      blocks.push(bytes);
      await dispatch();
    }
    blocks?.finish();
    await dispatch();
    if (threads === undefined) throw noRows();
    const runs = await threads.finish();
    return { runs, accepted, unknownColumns: [...unknownColumns] };
  } finally {
    await threads?.stop();
  }
}

type Written = LoadResult & Pick<ImportResult, 'repeated' | 'outsideRanges' | 'outsidePrefixes'>;

async function writeRuns(options: ImportOptions, parsed: Parsed): Promise<Written> {
  // Nothing to write must not touch the registry: a demonstration would give way to nothing.
  if (parsed.accepted === 0)
    return {
      stored: 0,
      older: 0,
      oldRowsErased: true,
      repeated: 0,
      outsideRanges: 0,
      outsidePrefixes: [],
    };
  const merge = mergeRuns(parsed.runs);
  try {
    const load = await options.openLoad();
    try {
      return await copyRows(merge, load, options, parsed.accepted);
    } finally {
      await load.abort();
    }
  } finally {
    merge.close();
  }
}

async function copyRows(
  merge: RunMerge,
  load: SubscriberLoad,
  options: ImportOptions,
  accepted: number,
): Promise<Written> {
  const row = createPackedRow();
  const outsidePrefixes = new Set<string>();
  let outsideRanges = 0;
  let rows = 0;
  while (merge.next(row)) {
    const status = LINE_STATUSES[row.status] ?? 'unknown';
    load.add(
      row.msisdn,
      status,
      row.activatedOn,
      merge.carrier(row),
      row.asOf,
      row.nameHash,
      row.idCardHash,
      row.keeps,
    );
    if (!options.isCovered(row.msisdn)) {
      outsideRanges += 1;
      if (outsidePrefixes.size < MAX_OUTSIDE_PREFIXES) outsidePrefixes.add(`+${row.msisdn}`.slice(0, 6));
    }
    rows += 1;
    if (rows % ROWS_PER_SYNC === 0) {
      refuseFullDisk(options);
      await load.breathe();
    }
    if (rows % ROWS_PER_TURN === 0) {
      options.onProgress?.({ phase: 'writing', done: merge.rowsRead(), total: accepted, rows });
      await nextTurn();
    }
  }
  const result = await load.commit();
  return { ...result, repeated: accepted - rows, outsideRanges, outsidePrefixes: [...outsidePrefixes] };
}

/** Lets timers and the progress display run. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
