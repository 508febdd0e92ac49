// Which number ranges exist: the table held in memory, found by longest prefix, read again when another process has
// changed it. Before there is a registry file, the ranges of mainland China are served.

import { existsSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Fault } from '../../../domain/fault.ts';
import { MAINLAND_RANGES } from '../../../domain/mainland-ranges.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { NumberRange, NumberRanges } from '../../../ports/source.ts';
import { openRegistryFile } from './schema.ts';

export interface NumberRangesOptions {
  readonly path: string;
  readonly clock: Clock;
  /** How often the file is asked whether it changed, at most. */
  readonly checkEveryMs?: number;
}

const FOUND_MAX = 10_000;

interface OpenFile {
  readonly database: DatabaseSync;
  readonly dataVersion: StatementSync;
}

export interface OpenNumberRanges extends NumberRanges {
  /** Every range by its prefix; the same array until the table changes. */
  list(): readonly NumberRange[];
  /** The table has just been changed from here: it counts at once. */
  lookAgain(): void;
  close(): void;
}

const SEEDED: readonly NumberRange[] = MAINLAND_RANGES.map(({ digits, holder }) => ({
  prefix: `+86${digits}`,
  holder,
  actions: [],
}));

export function openNumberRanges(options: NumberRangesOptions): OpenNumberRanges {
  const checkEveryMs = options.checkEveryMs ?? 250;
  let listed = SEEDED;
  let table = createRangeTable(listed);
  let file: OpenFile | undefined;
  let seenVersion = -1;
  let nextCheckMs = 0;
  let closed = false;

  function check(nowMs: number): void {
    nextCheckMs = nowMs + checkEveryMs;
    try {
      file ??= openFile(options.path);
      if (file === undefined) return;
      const version = Number(file.dataVersion.get()?.data_version);
      if (version === seenVersion) return;
      listed = readNumberRanges(file.database);
      table = createRangeTable(listed);
      seenVersion = version;
    } catch (error) {
      // Asked again at the next call: what is known of a table that changed is no answer.
      nextCheckMs = nowMs;
      throw new Fault('source_unavailable', {}, error);
    }
  }

  function checkWhenDue(): void {
    const nowMs = options.clock.nowMs();
    // A clock set back must not keep an old table.
    if (!closed && (nowMs >= nextCheckMs || nextCheckMs - nowMs > checkEveryMs)) check(nowMs);
  }

  return {
    find(msisdn) {
      checkWhenDue();
      return table.find(msisdn);
    },
    list() {
      checkWhenDue();
      return listed;
    },
    lookAgain() {
      nextCheckMs = 0;
    },
    close() {
      closed = true;
      file?.database.close();
      file = undefined;
    },
  };
}

export function createRangeTable(ranges: readonly NumberRange[]): NumberRanges {
  const byPrefix = new Map(ranges.map((range) => [range.prefix, range]));
  const lengths = [...new Set(ranges.map(({ prefix }) => prefix.length))].sort((a, b) => b - a);
  const longest = lengths[0] ?? 0;
  // Calls come for few heads of numbers, so each is searched once.
  const found = new Map<string, NumberRange | undefined>();

  function search(head: string): NumberRange | undefined {
    for (const length of lengths) {
      const range = byPrefix.get(head.slice(0, length));
      if (range !== undefined) return range;
    }
    return undefined;
  }

  return {
    find(msisdn) {
      const head = msisdn.slice(0, longest);
      const known = found.get(head);
      if (known !== undefined) return known;
      const range = search(head);
      if (found.size >= FOUND_MAX) found.clear();
      found.set(head, range);
      return range;
    },
  };
}

export function readNumberRanges(database: DatabaseSync): NumberRange[] {
  const rows = database.prepare('SELECT prefix, holder, actions FROM number_ranges ORDER BY prefix').all();
  return rows.map((row) => ({
    prefix: String(row.prefix),
    holder: String(row.holder),
    actions: String(row.actions).split(' ').filter(Boolean),
  }));
}

function openFile(path: string): OpenFile | undefined {
  if (!existsSync(path)) return undefined;
  const database = openRegistryFile(path, { readOnly: true, cacheKiB: 512 });
  return { database, dataVersion: database.prepare('PRAGMA data_version') };
}
