// A value in the database that tells whether the master key is the one it was made with.

import { timingSafeEqual } from 'node:crypto';
import { prepareHmacSha256 } from '../../../codecs/hmac-sha256.ts';
import { openAccountsFile } from './schema.ts';

const CHECKED_TEXT = 'lineproof master key';

/** Stores the check at the first use; afterwards false means another master key. */
export function checkMasterKey(path: string, masterCheckKey: Buffer): boolean {
  const database = openAccountsFile(path);
  try {
    const expected = prepareHmacSha256(masterCheckKey)(CHECKED_TEXT);
    database.prepare(`INSERT INTO facts VALUES ('master_check', ?) ON CONFLICT DO NOTHING`).run(expected);
    const stored = database.prepare(`SELECT value FROM facts WHERE name = 'master_check'`).get()?.value;
    return (
      stored instanceof Uint8Array && stored.length === expected.length && timingSafeEqual(stored, expected)
    );
  } finally {
    database.close();
  }
}
