// Point reads on the serving thread. A read transaction is held open while calls come in, which halves the cost of a
// read, and renewed often, so that an import is seen soon and the write-ahead log can be written back.

import { existsSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { Fault } from '../../../domain/fault.ts';
import { LINE_STATUSES } from '../../../domain/subscriber.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { StoredSubscriber, SubscriberLookup } from '../../../ports/subscriber-store.ts';
import { openRegistryFile } from './schema.ts';

export interface SubscriberLookupOptions {
  readonly path: string;
  readonly clock: Clock;
  /** How long one snapshot is used at most. */
  readonly renewAfterMs?: number;
  readonly cacheKiB?: number;
}

const MAPPED_BYTES_MAX = 2 ** 32;

/** Columns as selected: arrays are made faster than objects. */
type Row = readonly [
  status: number,
  activatedOn: number | null,
  carrier: number,
  asOf: number,
  nameHash?: Uint8Array | null,
  idCardHash?: Uint8Array | null,
];

interface OpenFile {
  readonly database: DatabaseSync;
  readonly select: StatementSync;
  readonly selectWithHashes: StatementSync;
  readonly selectAny: StatementSync;
  readonly begin: StatementSync;
  readonly end: StatementSync;
  readonly carriers: Map<number, string>;
}

/** 'absent': no file yet, or no row in it. */
export type RegistryPresence = 'absent' | 'present' | 'unreadable';

export interface OpenSubscriberLookup extends SubscriberLookup {
  /** Tries to read one row. */
  presence(): RegistryPresence;
  close(): void;
}

/** Also serves before the file exists: every number is absent until then. */
export function openSubscriberLookup(options: SubscriberLookupOptions): OpenSubscriberLookup {
  const renewAfterMs = options.renewAfterMs ?? 40;
  // Brings an older file up to date, and refuses a newer one at start instead of at the first call.
  if (existsSync(options.path)) openRegistryFile(options.path).close();
  const closing = new AbortController();
  let file: OpenFile | undefined;
  let inSnapshot = false;
  let absent = false;

  function renewLater(): void {
    const renew = () => {
      absent = false;
      endSnapshot();
    };
    options.clock.sleep(renewAfterMs, closing.signal).then(renew, renew);
  }

  function endSnapshot(): void {
    if (!inSnapshot) return;
    inSnapshot = false;
    try {
      file?.end.run();
    } catch {
      // After some failures there is no transaction any more: the next snapshot starts on a new connection.
      dropFile();
    }
  }

  function dropFile(): void {
    file?.database.close();
    file = undefined;
  }

  /** False while there is no registry. */
  function beginSnapshot(): boolean {
    if (absent || closing.signal.aborted) return false;
    file ??= openFile(options);
    absent = file === undefined;
    if (file !== undefined) {
      file.begin.run();
      inSnapshot = true;
    }
    renewLater();
    return inSnapshot;
  }

  return {
    find(msisdn, withHashes) {
      try {
        if (!inSnapshot && !beginSnapshot()) return undefined;
        const row = (withHashes ? file?.selectWithHashes : file?.select)?.get(msisdn) as unknown as
          | Row
          | undefined;
        return row === undefined || file === undefined ? undefined : toSubscriber(row, file);
      } catch (error) {
        throw new Fault('source_unavailable', {}, error);
      }
    },
    presence() {
      try {
        if (!inSnapshot && !beginSnapshot()) return 'absent';
        return file?.selectAny.get() === undefined ? 'absent' : 'present';
      } catch {
        return 'unreadable';
      }
    },
    close() {
      endSnapshot();
      closing.abort();
      dropFile();
    },
  };
}

function openFile({ path, cacheKiB }: SubscriberLookupOptions): OpenFile | undefined {
  if (!existsSync(path)) return undefined;
  const database = openRegistryFile(path, { readOnly: true, cacheKiB: cacheKiB ?? 131_072 });
  // Rows are looked up all over a large file: mapped pages spare a system call for each one that the cache lacks.
  database.exec(`PRAGMA mmap_size = ${MAPPED_BYTES_MAX}`);
  const select = database.prepare(
    'SELECT status, activated_on, carrier, as_of FROM subscribers WHERE msisdn = ?',
  );
  const selectWithHashes = database.prepare(
    'SELECT status, activated_on, carrier, as_of, name_hash, id_card_hash FROM subscribers WHERE msisdn = ?',
  );
  select.setReturnArrays(true);
  selectWithHashes.setReturnArrays(true);
  return {
    database,
    select,
    selectWithHashes,
    selectAny: database.prepare('SELECT status FROM subscribers LIMIT 1'),
    begin: database.prepare('BEGIN'),
    end: database.prepare('COMMIT'),
    carriers: new Map(),
  };
}

function toSubscriber(row: Row, file: OpenFile): StoredSubscriber {
  const [status, activatedOn, carrier, asOf, nameHash, idCardHash] = row;
  return {
    status: LINE_STATUSES[status - 1] ?? 'unknown',
    activatedOn: (activatedOn ?? undefined) as CalendarDate | undefined,
    carrier: carrierOf(carrier, file),
    asOf: asOf as CalendarDate,
    nameHash: nameHash ?? undefined,
    idCardHash: idCardHash ?? undefined,
  };
}

/** Rows of the table of carriers never change, so each is read once; the table itself is bounded. */
function carrierOf(id: number, { carriers, database }: OpenFile): string {
  const known = carriers.get(id);
  if (known !== undefined) return known;
  const name = String(database.prepare('SELECT name FROM carriers WHERE id = ?').get(id)?.name ?? '');
  carriers.set(id, name);
  return name;
}
