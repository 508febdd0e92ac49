// Which of some requests are recorded, read from the ledger's end backwards: after a start, for what had been begun.

import { openLedgerFile } from './schema.ts';

const PAGE_ROWS = 2000;
/** Entries stand in the order in which they were written, which may be that much from the order of their times. */
const SLACK_MS = 600_000;

export function findRequests(
  ledgerPath: string,
  requestIds: ReadonlySet<string>,
  sinceMs: number,
): ReadonlySet<string> {
  const database = openLedgerFile(ledgerPath, { readOnly: true });
  const found = new Set<string>();
  try {
    const page = database.prepare(
      `SELECT seq, time_ms, request_id FROM entries WHERE seq < ? ORDER BY seq DESC LIMIT ${PAGE_ROWS}`,
    );
    for (let before = Number.MAX_SAFE_INTEGER; found.size < requestIds.size; ) {
      const rows = page.all(before);
      for (const { request_id: id } of rows) if (requestIds.has(String(id))) found.add(String(id));
      const last = rows.at(-1);
      if (last === undefined || Number(last.time_ms) < sinceMs - SLACK_MS) break;
      before = Number(last.seq);
    }
    return found;
  } finally {
    database.close();
  }
}
