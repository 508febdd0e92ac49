// The latest calls of one account, newest first: of the chain in ledger.db, and of the bounded log in calls.db. Reads
// only, in short steps, so that a server on the same files goes on checkpointing.

import type { LoggedCall } from '../../../ports/ledger.ts';
import { openDatabase } from '../open-database.ts';
import type { Entry } from './entry.ts';
import { entryOf, lastSeqOf } from './read-entries.ts';
import { CALLS_MIGRATIONS, openLedgerFile } from './schema.ts';

/** Entries looked at in one step; an account's own may be far between. */
const STEP_ENTRIES = 50_000;

export function readLatestCallEntries(ledgerPath: string, account: number, limit: number): Entry[] {
  const database = openLedgerFile(ledgerPath, { readOnly: true });
  try {
    const step = database.prepare(
      `SELECT * FROM entries WHERE seq > ? AND seq <= ? AND account = ? AND kind = 'call'
       ORDER BY seq DESC LIMIT ?`,
    );
    const found: Entry[] = [];
    for (let last = lastSeqOf(database); last > 0 && found.length < limit; last -= STEP_ENTRIES) {
      found.push(...step.all(last - STEP_ENTRIES, last, account, limit - found.length).map(entryOf));
    }
    return found;
  } finally {
    database.close();
  }
}

export function readLatestLoggedCalls(callsPath: string, account: number, limit: number): LoggedCall[] {
  const database = openDatabase(callsPath, { migrations: CALLS_MIGRATIONS, readOnly: true });
  try {
    return database
      .prepare('SELECT * FROM calls WHERE account = ? ORDER BY number DESC LIMIT ?')
      .all(account, limit)
      .map((row) => ({
        timeMs: Number(row.time_ms),
        accountId: Number(row.account),
        keyId: Number(row.key),
        requestId: String(row.request_id),
        action: String(row.action),
        protocol: String(row.protocol),
        outcome: String(row.outcome),
        resultCode: String(row.result_code),
        sandbox: row.sandbox === 1,
        durationUs: Number(row.duration_us),
      }));
  } finally {
    database.close();
  }
}
