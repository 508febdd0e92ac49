// Where the registry's rows lie. The store knows hashes, never names or ID cards; the MSISDN is its E.164 digits as
// an integer.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { Carrier, LineStatus } from '../domain/subscriber.ts';

export interface StoredSubscriber {
  readonly status: LineStatus;
  readonly activatedOn: CalendarDate | undefined;
  readonly carrier: Carrier;
  readonly asOf: CalendarDate;
  /** Blind index of the name, BLIND_INDEX_BYTES long; undefined when the record holds none. */
  readonly nameHash: Uint8Array | undefined;
  readonly idCardHash: Uint8Array | undefined;
}

export const BLIND_INDEX_BYTES = 16;

/** Elements that a row may leave as they are in the row that it merges into, as bits of one number. */
export const KEEPS = { activatedOn: 1, carrier: 2, name: 4, idCard: 8 } as const;

export interface SubscriberLookup {
  /**
   * Reads one row at once; undefined when there is none or no registry yet. Throws Fault when it cannot be read. Hashes
   * are left out when they are not wanted: they are most of the cost of a row.
   */
  find(msisdn: number, withHashes: boolean): StoredSubscriber | undefined;
}

export interface LoadResult {
  /** Rows that are new or replaced an older one. */
  readonly stored: number;
  /** Rows that lost against a newer as-of date already in the registry. */
  readonly older: number;
  /** False when older copies of replaced rows stay in the files until the next load or deletion, as a reader needs them. */
  readonly oldRowsErased: boolean;
}

/** One atomic change of many rows: readers see none of them until `commit`. */
export interface SubscriberLoad {
  /**
   * Rows come in ascending order of msisdn, each once. The arguments are copied. `keeps` are bits of KEEPS: where the row
   * merges into an older one, that one's elements stay.
   */
  add(
    msisdn: number,
    status: LineStatus,
    activatedOn: CalendarDate | undefined,
    carrier: Carrier,
    asOf: CalendarDate,
    nameHash: Uint8Array | undefined,
    idCardHash: Uint8Array | undefined,
    keeps?: number,
  ): void;
  /** Resolves when the disk keeps up; asked now and then so that no later sync is long. */
  breathe(): Promise<void>;
  commit(): Promise<LoadResult>;
  /** Leaves everything as it was. Does nothing after commit. */
  abort(): Promise<void>;
}
