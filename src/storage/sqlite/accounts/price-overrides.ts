// Prices that an operator set over the configured list while the server runs.

import type { DatabaseSync } from 'node:sqlite';
import { AdministrationError } from './administration-error.ts';

export type Prices = Readonly<Record<string, number>>;

const SETTING = 'prices';

export function readPriceOverrides(database: DatabaseSync): Prices {
  const row = database.prepare('SELECT value FROM settings WHERE name = ?').get(SETTING);
  return row === undefined ? {} : (JSON.parse(String(row.value)) as Prices);
}

/** null goes back to the configured price; what is not named stays. Inside a transaction only. */
export function writePriceOverrides(
  database: DatabaseSync,
  changes: Readonly<Record<string, number | null>>,
): Prices {
  const overrides = new Map(Object.entries(readPriceOverrides(database)));
  for (const [key, price] of Object.entries(changes)) {
    if (price === null) overrides.delete(key);
    else if (Number.isSafeInteger(price) && price >= 0) overrides.set(key, price);
    else throw new AdministrationError(`the price of ${key} must be a whole number from 0`);
  }
  const written = Object.fromEntries(overrides);
  database
    .prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run(SETTING, JSON.stringify(written));
  return written;
}
