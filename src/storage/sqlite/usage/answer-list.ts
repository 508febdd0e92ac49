// One page of calls, with the number of all that pass the filter. Pauses between bounded steps.

import type { DatabaseSync } from 'node:sqlite';
import {
  OFFSET_MAX,
  PAGE_CALLS_MAX,
  type UsageCall,
  type UsageCallFilter,
  type UsageCursor,
  type UsagePage,
} from '../../../ports/usage.ts';
import { demandKept } from './kept-from.ts';
import { scanCalls } from './scan-calls.ts';

export interface PageRequest {
  readonly limit: number;
  readonly offset?: number;
  readonly cursor?: UsageCursor;
  readonly oldestFirst?: boolean;
}

export function* answerList(
  database: DatabaseSync,
  filter: UsageCallFilter,
  page: PageRequest,
): Generator<void, UsagePage, undefined> {
  demandKept(database, filter.fromMs);
  const limit = Math.min(page.limit, PAGE_CALLS_MAX);
  const counts = page.cursor === undefined;
  const calls: UsageCall[] = [];
  let skip = Math.min(page.offset ?? 0, OFFSET_MAX);
  let count = 0;
  let more = false;
  for (const window of scanCalls(database, filter, page.cursor, page.oldestFirst)) {
    const found = counts || skip > 0 ? window.count() : Number.POSITIVE_INFINITY;
    count += found;
    // One more than is shown tells whether there is a next page.
    if (calls.length <= limit && found > skip) {
      calls.push(...window.read(limit + 1 - calls.length, skip));
      skip = 0;
    } else if (calls.length <= limit) skip -= found;
    more = calls.length > limit;
    if (more && !counts) break;
    yield;
  }
  const shown = calls.slice(0, limit);
  const last = shown.at(-1);
  return {
    calls: shown,
    count: counts ? count : undefined,
    next: more && last !== undefined ? { timeMs: last.timeMs, id: last.id } : undefined,
  };
}
