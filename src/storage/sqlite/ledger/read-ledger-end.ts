// Where the chain ends and how far it is signed, without verifying anything.

import { measureHeads, readHeads } from './read-heads.ts';
import { openLedgerFile } from './schema.ts';

export interface LedgerEnd {
  /** 0 when there is no entry. */
  readonly lastSeq: number;
  readonly lastTimeMs: number;
  readonly lastSignedSeq: number;
}

export function readLedgerEnd(ledgerPath: string, headsPath: string): LedgerEnd {
  // Heads first: what they sign is in the entries that are read afterwards.
  let lastSignedSeq = 0;
  for (const head of readHeads(headsPath, measureHeads(headsPath)))
    lastSignedSeq = Math.max(lastSignedSeq, head?.seq ?? 0);
  const database = openLedgerFile(ledgerPath, { readOnly: true });
  try {
    const last = database.prepare('SELECT seq, time_ms FROM entries ORDER BY seq DESC LIMIT 1').get();
    return { lastSeq: Number(last?.seq ?? 0), lastTimeMs: Number(last?.time_ms ?? 0), lastSignedSeq };
  } finally {
    database.close();
  }
}
