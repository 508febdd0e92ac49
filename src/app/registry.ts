// What an operator does with the registry, composed of the importer and its store: import, generate, export, count,
// delete. Works while a server reads the same file.

import { chmodSync, createWriteStream, existsSync, openSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { DataPaths } from '../config/data-directory.ts';
import { makeDirectory } from '../config/usable-directory.ts';
import { createCalendar, formatCalendarDate, fullMonthsBetween } from '../domain/calendar-date.ts';
import { msisdnToInteger, parseMsisdn } from '../domain/msisdn.ts';
import { remark } from '../domain/remark.ts';
import { renderTenure } from '../domain/tenure.ts';
import type { Clock } from '../ports/clock.ts';
import {
  type GenerateOptions,
  generateSubscribers,
  type SyntheticRow,
} from '../sources/registry/generate-subscribers.ts';
import { ImportError } from '../sources/registry/import-error.ts';
import {
  type ImportProgress,
  type ImportResult,
  importSubscribers,
} from '../sources/registry/import-subscribers.ts';
import { createRangeCoverage } from '../sources/registry/range-coverage.ts';
import { readMsisdnFile } from '../sources/registry/read-msisdn-file.ts';
import { writeExport } from '../sources/registry/write-export.ts';
import { writeSyntheticRows } from '../sources/registry/write-synthetic-rows.ts';
import { type DeleteResult, deleteSubscribers } from '../storage/sqlite/registry/delete-subscribers.ts';
import { listNumberRanges } from '../storage/sqlite/registry/edit-number-ranges.ts';
import { clearImportArea, enterImportArea, type ImportArea } from '../storage/sqlite/registry/import-area.ts';
import {
  countSubscribers,
  findExample,
  holdsOwnRows,
  listSubscribers,
} from '../storage/sqlite/registry/list-subscribers.ts';
import { createRangeTable } from '../storage/sqlite/registry/open-number-ranges.ts';
import { openSubscriberLoad } from '../storage/sqlite/registry/open-subscriber-load.ts';
import { readRegistryStatistics } from '../storage/sqlite/registry/read-registry-statistics.ts';

export { MAX_SYNTHETIC_ROWS } from '../sources/registry/generate-subscribers.ts';

export interface RegistryAdministrationOptions {
  readonly paths: DataPaths;
  readonly clock: Clock;
  readonly timeZone: string;
  /** Default region of national numbers. */
  readonly region: string;
  /** Lower bounds of the tenure bands in statistics. */
  readonly tenureMonths: readonly number[];
}

export interface ImportRequest {
  readonly input: string;
  /** Of an input that was sealed. */
  readonly sealKey?: Uint8Array | undefined;
  /** Where the file of rejected rows is put: the data directory, unless given. */
  readonly rejectedDirectory?: string;
  readonly blindIndexKey: Uint8Array;
  readonly region?: string;
  readonly replace?: boolean;
  /** The rows are invented: the first import without this replaces them. */
  readonly demonstration?: boolean;
  readonly maxRecordBytes?: number;
  readonly threads?: number;
  readonly maxListedRejects?: number;
  onProgress?(progress: ImportProgress): void;
}

export interface TimedImportResult extends ImportResult {
  readonly seconds: number;
}

export interface DeleteProgress {
  readonly phase: 'reading' | 'deleting';
  readonly done: number;
  readonly total: number;
}

type OnRows = (rows: number, total: number | undefined) => void;

export type RegistryAdministration = ReturnType<typeof createRegistryAdministration>;

export function createRegistryAdministration(options: RegistryAdministrationOptions) {
  const { paths, clock } = options;
  const today = () => createCalendar(options.timeZone)(clock.nowMs());

  const noRegistry = (): ImportError =>
    new ImportError(
      `there is no registry in ${paths.directory}: check --data, or make one with registry import FILE`,
    );

  function enter(): ImportArea {
    makeDirectory(paths.directory);
    const area = enterImportArea(paths.directory);
    if (area === undefined)
      throw new ImportError('another import is at work in this data directory', remark('import_at_work'));
    return area;
  }

  async function importInto(area: ImportArea, request: ImportRequest): Promise<TimedImportResult> {
    const startedMs = clock.nowMs();
    const ranges = listNumberRanges(paths.registry);
    const longestPrefix = Math.max(0, ...ranges.map(({ prefix }) => prefix.length - 1));
    const result = await importSubscribers({
      ...request,
      region: request.region ?? options.region,
      workDirectory: area.directory,
      rejectedDirectory: request.rejectedDirectory ?? paths.directory,
      today: today(),
      freeBytes() {
        const { bavail, bsize } = statfsSync(area.directory);
        return bavail * bsize;
      },
      isCovered: createRangeCoverage(createRangeTable(ranges), longestPrefix),
      openLoad: () =>
        openSubscriberLoad({
          path: paths.registry,
          replace: request.replace === true,
          demonstration: request.demonstration === true,
        }),
    });
    return { ...result, seconds: (clock.nowMs() - startedMs) / 1000 };
  }

  return {
    /** Throws ImportError, and leaves the registry as it was, when the file cannot be imported. */
    async import(request: ImportRequest): Promise<TimedImportResult> {
      const area = enter();
      try {
        return await importInto(area, request);
      } finally {
        area.release();
      }
    },

    /**
     * Fills an empty registry with invented rows, marked as such; answers one whose every element is known. Undefined,
     * and nothing is changed, when the registry holds an operator's own rows.
     */
    async installDemonstration(
      request: GenerateOptions & { readonly blindIndexKey: Uint8Array },
    ): Promise<SyntheticRow | undefined> {
      const area = enter();
      try {
        if (holdsOwnRows(paths.registry)) return undefined;
        const input = join(area.directory, 'demonstration.csv');
        const rows = { rows: request.rows, seed: request.seed, newest: request.newest ?? today() };
        const out = createWriteStream(input, { flags: 'wx', mode: 0o600 });
        await writeSyntheticRows(out, rows);
        out.end();
        await finished(out);
        await importInto(area, {
          input,
          blindIndexKey: request.blindIndexKey,
          region: 'CN',
          demonstration: true,
        });
        for (const row of generateSubscribers(rows)) return row;
        return undefined;
      } finally {
        area.release();
      }
    },

    /** A number to ask about, in E.164 form: in service, if there is one. */
    exampleNumber: (): string => `+${findExample(paths.registry) ?? ''}`,

    /** Invented rows as CSV, to a file or an open stream. */
    async generate(out: string | Writable, request: GenerateOptions, onRows?: OnRows): Promise<void> {
      await toFileOrStream(out, (stream) =>
        writeSyntheticRows(stream, request, (rows) => onRows?.(rows, request.rows)),
      );
    },

    async export(out: string | Writable, onRows?: OnRows): Promise<{ readonly rows: number }> {
      if (!existsSync(paths.registry)) throw noRegistry();
      const total = countSubscribers(paths.registry);
      let rows = 0;
      await toFileOrStream(out, async (stream) => {
        rows = await writeExport(stream, listSubscribers(paths.registry), (done) => onRows?.(done, total));
      });
      return { rows };
    },

    statistics(onRows?: (rows: number, total: number) => void) {
      if (!existsSync(paths.registry)) throw noRegistry();
      const read = readRegistryStatistics(paths.registry, { ...(onRows && { onRows }) });
      const date = today();
      const byTenure = new Map<string, number>(
        options.tenureMonths.map((bound) => [renderTenure(bound, options.tenureMonths), 0] as const),
      );
      for (const [activatedOn, rows] of read.byActivatedOn) {
        const band = renderTenure(fullMonthsBetween(activatedOn, date), options.tenureMonths);
        byTenure.set(band, (byTenure.get(band) ?? 0) + rows);
      }
      const { oldestAsOf, newestAsOf } = read;
      return {
        rows: read.rows,
        demonstration: read.demonstration,
        byStatus: read.byStatus,
        byCarrier: read.byCarrier,
        byTenureMonths: { ...Object.fromEntries(byTenure), none: read.rows - read.withActivatedOn },
        withName: read.withName,
        withIdCard: read.withIdCard,
        asOfOldest: oldestAsOf === undefined ? undefined : formatCalendarDate(oldestAsOf),
        asOfNewest: newestAsOf === undefined ? undefined : formatCalendarDate(newestAsOf),
      };
    },

    /** Deletes one number, or all that a file names. */
    async delete(
      target: string,
      region = options.region,
      onProgress?: (progress: DeleteProgress) => void,
    ): Promise<DeleteResult & { readonly invalid: number }> {
      const msisdn = parseMsisdn(target, region);
      clearImportArea(paths.directory);
      if (msisdn !== undefined && !existsSync(target)) {
        return { ...deleteSubscribers(paths.registry, [msisdnToInteger(msisdn)]), invalid: 0 };
      }
      if (!existsSync(target)) throw new ImportError('this is neither a phone number nor a file');
      const { msisdns, invalid } = await readMsisdnFile(target, region, (done, total) =>
        onProgress?.({ phase: 'reading', done, total }),
      );
      const result = deleteSubscribers(paths.registry, msisdns, {
        onRows: (done) => onProgress?.({ phase: 'deleting', done, total: msisdns.length }),
      });
      return { ...result, invalid };
    },
  };
}

/** A file appears under its name only when it is whole. */
async function toFileOrStream(
  out: string | Writable,
  write: (stream: Writable) => Promise<void>,
): Promise<void> {
  if (typeof out !== 'string') return write(out);
  const partial = `${out}.partial`;
  // Opened here, so that a path that cannot be written fails at once.
  const stream = createWriteStream('', { fd: openSync(partial, 'w', 0o600) });
  stream.on('error', () => {
    // The write that meets it throws it.
  });
  try {
    await write(stream);
    stream.end();
    await finished(stream);
    chmodSync(partial, 0o600);
    renameSync(partial, out);
  } catch (error) {
    stream.destroy();
    rmSync(partial, { force: true });
    throw error;
  }
}
