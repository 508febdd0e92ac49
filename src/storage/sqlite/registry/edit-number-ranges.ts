// Changes to the table of number ranges, each in one short transaction. An import never touches this table.

import type { NumberRange } from '../../../ports/source.ts';
import { inTransaction } from '../in-transaction.ts';
import { readNumberRanges } from './open-number-ranges.ts';
import { openRegistryFile } from './schema.ts';

/** '+', a country code and further digits. */
export const RANGE_PREFIX = /^\+[1-9]\d{0,14}$/;
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}]/u;
const PREFIX_SHOWN_MAX = 24;
const HOLDER_MAX_LENGTH = 64;
const MAX_RANGES = 100_000;

/** Throws RangeError with a message for the operator. */
export function checkNumberRange(range: NumberRange, knownActions: readonly string[]): void {
  if (!RANGE_PREFIX.test(range.prefix)) {
    throw new RangeError(
      `${range.prefix.slice(0, PREFIX_SHOWN_MAX)} is no prefix: write + and leading digits, for example +86138`,
    );
  }
  if (range.holder.trim() === '' || range.holder.length > HOLDER_MAX_LENGTH) {
    throw new RangeError(`the holder of ${range.prefix} must have 1 to ${HOLDER_MAX_LENGTH} characters`);
  }
  if (UNSHOWN.test(range.holder)) {
    throw new RangeError(`the holder of ${range.prefix} has control characters or more than one line`);
  }
  const unknown = range.actions.find((action) => !knownActions.includes(action));
  if (unknown !== undefined)
    throw new RangeError(`${unknown} is no action; actions are ${knownActions.join(', ')}`);
}

/** Throws RangeError as checkNumberRange does, and for no range at all where the list `replaces` every other. */
export function checkNumberRanges(
  ranges: readonly NumberRange[],
  knownActions: readonly string[],
  replaces = false,
): void {
  for (const range of ranges) checkNumberRange(range, knownActions);
  if (replaces && ranges.length === 0)
    throw new RangeError('a list without ranges replaces nothing: no number would be served');
}

export function listNumberRanges(path: string): NumberRange[] {
  const database = openRegistryFile(path);
  try {
    return readNumberRanges(database);
  } finally {
    database.close();
  }
}

export interface EditOptions {
  /** Every other range goes. */
  readonly replaces?: boolean;
  /** How long to wait while somebody else writes; as long as a large import may take unless given. */
  readonly busyTimeoutMs?: number;
}

/** Adds ranges or changes those with the same prefix, all or none. */
export function setNumberRanges(
  path: string,
  ranges: readonly NumberRange[],
  { replaces = false, ...waits }: EditOptions = {},
): void {
  change(path, waits, (database) => {
    if (replaces) database.exec('DELETE FROM number_ranges');
    const upsert = database.prepare(
      'INSERT OR REPLACE INTO number_ranges (prefix, holder, actions) VALUES (?, ?, ?)',
    );
    for (const { prefix, holder, actions } of ranges) upsert.run(prefix, holder.trim(), actions.join(' '));
    const count = Number(database.prepare('SELECT count(*) AS n FROM number_ranges').get()?.n);
    if (count > MAX_RANGES) throw new RangeError(`more than ${MAX_RANGES} ranges`);
  });
}

/** False when there is no such range. */
export function removeNumberRange(
  path: string,
  prefix: string,
  waits: Pick<EditOptions, 'busyTimeoutMs'> = {},
): boolean {
  let removed = false;
  change(path, waits, (database) => {
    removed = database.prepare('DELETE FROM number_ranges WHERE prefix = ?').run(prefix).changes === 1;
  });
  return removed;
}

function change(
  path: string,
  waits: Pick<EditOptions, 'busyTimeoutMs'>,
  edit: (database: ReturnType<typeof openRegistryFile>) => void,
): void {
  const database = openRegistryFile(path, waits);
  try {
    inTransaction(database, () => edit(database));
  } finally {
    database.close();
  }
}
