// Rows that wait to be upserted eight at a time, all of which keep the same elements of the rows that they merge into:
// binding many rows to one statement halves the cost of a row.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { BLIND_INDEX_BYTES, KEEPS } from '../../../ports/subscriber-store.ts';

const ROWS = 8;
const COLUMNS = 7;

export interface RowBatch {
  /** Answers how many rows were stored by it, of this one and those that waited. Hashes are copied. */
  add(
    msisdn: number,
    status: number,
    activatedOn: number | null,
    carrier: number,
    asOf: number,
    nameHash: Uint8Array | undefined,
    idCardHash: Uint8Array | undefined,
  ): number;
  flush(): number;
}

export function createRowBatch(database: DatabaseSync, keeps: number): RowBatch {
  const many = database.prepare(upsertOf(ROWS, keeps));
  const one = database.prepare(upsertOf(1, keeps));
  const values = new Array<SQLInputValue>(ROWS * COLUMNS).fill(null);
  const hashes = Array.from({ length: ROWS * 2 }, () => new Uint8Array(BLIND_INDEX_BYTES));
  let waiting = 0;

  function copy(hash: Uint8Array | undefined, slot: number): Uint8Array | null {
    const copied = hashes[slot];
    if (hash === undefined || copied === undefined) return null;
    copied.set(hash);
    return copied;
  }

  return {
    add(msisdn, status, activatedOn, carrier, asOf, nameHash, idCardHash) {
      const at = waiting * COLUMNS;
      values[at] = msisdn;
      values[at + 1] = status;
      values[at + 2] = activatedOn;
      values[at + 3] = carrier;
      values[at + 4] = asOf;
      values[at + 5] = copy(nameHash, waiting * 2);
      values[at + 6] = copy(idCardHash, waiting * 2 + 1);
      waiting += 1;
      if (waiting < ROWS) return 0;
      waiting = 0;
      return Number(many.run(...values).changes);
    },
    flush() {
      let stored = 0;
      for (let row = 0; row < waiting; row += 1) {
        stored += Number(one.run(...values.slice(row * COLUMNS, (row + 1) * COLUMNS)).changes);
      }
      waiting = 0;
      return stored;
    },
  };
}

const CHANGED_UNLESS_KEPT: readonly (readonly [string, number])[] = [
  ['status', 0],
  ['activated_on', KEEPS.activatedOn],
  ['carrier', KEEPS.carrier],
  ['as_of', 0],
  ['name_hash', KEEPS.name],
  ['id_card_hash', KEEPS.idCard],
];

function upsertOf(rows: number, keeps: number): string {
  const changed = CHANGED_UNLESS_KEPT.filter(([, bit]) => (keeps & bit) === 0).map(([name]) => name);
  return `
    INSERT INTO subscribers (msisdn, status, activated_on, carrier, as_of, name_hash, id_card_hash)
    VALUES ${new Array(rows).fill('(?, ?, ?, ?, ?, ?, ?)').join(', ')}
    ON CONFLICT (msisdn) DO UPDATE SET ${changed.map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE excluded.as_of >= subscribers.as_of`;
}
