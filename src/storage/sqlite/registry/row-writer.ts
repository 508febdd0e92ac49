// Upserts rows eight at a time: binding many rows to one statement halves the cost of a row.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { BLIND_INDEX_BYTES, type SubscriberLoad } from '../../../ports/subscriber-store.ts';
import { STATUS_CODES } from './schema.ts';

const ROWS = 8;
const COLUMNS = 7;

export interface RowWriter {
  readonly add: SubscriberLoad['add'];
  flush(): void;
  /** Rows given, and rows that are new or replaced an older one. */
  counts(): { readonly written: number; readonly stored: number };
}

/** The newer as-of date wins, on a tie the row that is written later. */
export function createRowWriter(database: DatabaseSync): RowWriter {
  const many = database.prepare(upsertOf(ROWS));
  const one = database.prepare(upsertOf(1));
  const carriers = readCarriers(database);
  const addCarrier = database.prepare('INSERT INTO carriers (name) VALUES (?) RETURNING id');
  const values = new Array<SQLInputValue>(ROWS * COLUMNS).fill(null);
  const hashes = Array.from({ length: ROWS * 2 }, () => new Uint8Array(BLIND_INDEX_BYTES));
  let waiting = 0;
  let written = 0;
  let stored = 0;

  function carrierId(name: string): number {
    const known = carriers.get(name);
    if (known !== undefined) return known;
    const id = Number(addCarrier.get(name)?.id);
    carriers.set(name, id);
    return id;
  }

  function keep(hash: Uint8Array | undefined, slot: number): Uint8Array | null {
    const kept = hashes[slot];
    if (hash === undefined || kept === undefined) return null;
    kept.set(hash);
    return kept;
  }

  return {
    add(msisdn, status, activatedOn, carrier, asOf, nameHash, idCardHash) {
      const at = waiting * COLUMNS;
      values[at] = msisdn;
      values[at + 1] = STATUS_CODES.get(status) ?? 0;
      values[at + 2] = activatedOn ?? null;
      values[at + 3] = carrierId(carrier);
      values[at + 4] = asOf;
      values[at + 5] = keep(nameHash, waiting * 2);
      values[at + 6] = keep(idCardHash, waiting * 2 + 1);
      waiting += 1;
      written += 1;
      if (waiting < ROWS) return;
      waiting = 0;
      stored += Number(many.run(...values).changes);
    },
    flush() {
      for (let row = 0; row < waiting; row += 1) {
        stored += Number(one.run(...values.slice(row * COLUMNS, (row + 1) * COLUMNS)).changes);
      }
      waiting = 0;
    },
    counts: () => ({ written, stored }),
  };
}

function upsertOf(rows: number): string {
  return `
    INSERT INTO subscribers (msisdn, status, activated_on, carrier, as_of, name_hash, id_card_hash)
    VALUES ${new Array(rows).fill('(?, ?, ?, ?, ?, ?, ?)').join(', ')}
    ON CONFLICT (msisdn) DO UPDATE SET status = excluded.status, activated_on = excluded.activated_on,
      carrier = excluded.carrier, as_of = excluded.as_of, name_hash = excluded.name_hash,
      id_card_hash = excluded.id_card_hash
    WHERE excluded.as_of >= subscribers.as_of`;
}

function readCarriers(database: DatabaseSync): Map<string, number> {
  const rows = database.prepare('SELECT id, name FROM carriers').all();
  return new Map(rows.map((row) => [String(row.name), Number(row.id)]));
}
