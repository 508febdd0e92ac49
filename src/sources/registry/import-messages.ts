// What the importing thread and its parsing threads tell each other.

import type { CalendarDate } from '../../domain/calendar-date.ts';

export interface ParserSetup {
  readonly format: 'csv' | 'ndjson';
  readonly layout: readonly number[];
  readonly maxRecordBytes: number;
  readonly region: string;
  readonly today: CalendarDate;
  readonly blindIndexKey: Uint8Array;
  /** Sorted runs are written here under names that start with the prefix. */
  readonly directory: string;
  readonly prefix: string;
  readonly rowsPerRun: number;
}

export type ToParser =
  | { readonly kind: 'block'; readonly bytes: ArrayBuffer; readonly firstLine: number }
  | { readonly kind: 'finish' };

export type FromParser =
  | {
      readonly kind: 'parsed';
      readonly accepted: number;
      /** Pairs of line and reject number. */
      readonly rejected: Uint32Array;
      readonly unknownKeys: readonly string[];
    }
  | {
      readonly kind: 'finished';
      readonly runs: readonly string[];
      /** Carrier texts by the numbers used in this thread's runs. */
      readonly carriers: readonly string[];
    };
