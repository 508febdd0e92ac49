// Upserts rows in batches, one batch for each set of elements that rows keep.

import type { DatabaseSync } from 'node:sqlite';
import type { SubscriberLoad } from '../../../ports/subscriber-store.ts';
import { createRowBatch, type RowBatch } from './row-batch.ts';
import { STATUS_CODES } from './schema.ts';

export interface RowWriter {
  readonly add: SubscriberLoad['add'];
  flush(): void;
  /** Rows given, and rows that are new or replaced an older one. */
  counts(): { readonly written: number; readonly stored: number };
}

/** The newer as-of date wins, on a tie the row that is written later. */
export function createRowWriter(database: DatabaseSync): RowWriter {
  const batches: (RowBatch | undefined)[] = [];
  const carriers = readCarriers(database);
  const addCarrier = database.prepare('INSERT INTO carriers (name) VALUES (?) RETURNING id');
  let written = 0;
  let stored = 0;

  function carrierId(name: string): number {
    const known = carriers.get(name);
    if (known !== undefined) return known;
    const id = Number(addCarrier.get(name)?.id);
    carriers.set(name, id);
    return id;
  }

  return {
    add(msisdn, status, activatedOn, carrier, asOf, nameHash, idCardHash, keeps = 0) {
      // A number comes once in a load, so that batches need no order among themselves.
      batches[keeps] ??= createRowBatch(database, keeps);
      stored += batches[keeps].add(
        msisdn,
        STATUS_CODES.get(status) ?? 0,
        activatedOn ?? null,
        carrierId(carrier),
        asOf,
        nameHash,
        idCardHash,
      );
      written += 1;
    },
    flush() {
      for (const batch of batches) stored += batch?.flush() ?? 0;
    },
    counts: () => ({ written, stored }),
  };
}

function readCarriers(database: DatabaseSync): Map<string, number> {
  const rows = database.prepare('SELECT id, name FROM carriers').all();
  return new Map(rows.map((row) => [String(row.name), Number(row.id)]));
}
