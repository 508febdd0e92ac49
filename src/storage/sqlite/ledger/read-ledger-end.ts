// Where the chain ends and how far it is signed, without verifying anything.

import { measureHeads, readHeads } from './read-heads.ts';
import { openLedgerFile } from './schema.ts';

export interface LedgerEnd {
  /** 0 when there is no entry. */
  readonly lastSeq: number;
  readonly lastTimeMs: number;
  readonly lastSignedSeq: number;
  /** A line of the heads, other than one half-written at the end, is no head. */
  readonly headsAreDamaged: boolean;
}

export function readLedgerEnd(ledgerPath: string, headsPath: string): LedgerEnd {
  // Heads first: what they sign is in the entries that are read afterwards.
  let lastSignedSeq = 0;
  let headsAreDamaged = false;
  for (const head of readHeads(headsPath, measureHeads(headsPath))) {
    lastSignedSeq = Math.max(lastSignedSeq, head?.seq ?? 0);
    headsAreDamaged ||= head === undefined;
  }
  const database = openLedgerFile(ledgerPath, { readOnly: true });
  try {
    const last = database.prepare('SELECT seq, time_ms FROM entries ORDER BY seq DESC LIMIT 1').get();
    const lastSeq = Number(last?.seq ?? 0);
    return { lastSeq, lastTimeMs: Number(last?.time_ms ?? 0), lastSignedSeq, headsAreDamaged };
  } finally {
    database.close();
  }
}
