// Since when calls are kept: a question about an earlier time is refused rather than answered in part.

import type { DatabaseSync } from 'node:sqlite';
import { UsageError } from '../../../ports/usage.ts';

/** undefined while nothing was left out or dropped. */
export function keptFromMs(database: DatabaseSync): number | undefined {
  const kept = database.prepare('SELECT kept_from_ms AS kept FROM progress').get()?.kept;
  return kept === null || kept === undefined ? undefined : Number(kept);
}

export function demandKept(database: DatabaseSync, fromMs: number | undefined): void {
  const kept = keptFromMs(database);
  if (kept === undefined || fromMs === undefined || fromMs >= kept) return;
  throw new UsageError('history_expired', 'single calls of that time are no longer kept', kept);
}
