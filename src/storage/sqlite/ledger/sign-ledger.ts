// Signing the chain's end: at the birth of a ledger, at intervals, at the end of each process that wrote to it.

import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Books } from './books.ts';
import { appendHead, checkHeads, type HeadSync, publicKeyText, signingKeyFrom } from './heads.ts';
import { PUBLIC_KEY_FACT } from './schema.ts';

export interface LedgerSigner {
  /** Signs the last entry on disk and answers its number. */
  sign(sync: HeadSync): number;
}

export interface SignerOptions {
  readonly database: DatabaseSync;
  readonly books: Books;
  readonly headsPath: string;
  readonly signingSeed: Uint8Array;
}

/**
 * A new ledger gets its public key and its first head here, so that no ledger is ever without one. For a known one it
 * throws when its heads forbid to write on, before anything is written.
 */
export function createLedgerSigner({ database, books, headsPath, signingSeed }: SignerOptions): LedgerSigner {
  const key = signingKeyFrom(signingSeed);
  books.transact(() => {
    if (adoptKey(database, key)) appendHead(headsPath, books.head(), key, 'now');
    else checkHeads(headsPath, books.head());
  });
  return {
    sign(sync) {
      let seq = 0;
      books.transact(() => {
        seq = books.head().seq;
        appendHead(headsPath, books.head(), key, sync);
      });
      return seq;
    },
  };
}

/** true when the ledger had no key yet. */
function adoptKey(database: DatabaseSync, key: KeyObject): boolean {
  const publicKey = publicKeyText(key);
  const known = database.prepare('SELECT value FROM facts WHERE name = ?').get(PUBLIC_KEY_FACT)?.value;
  if (known === undefined) {
    database.prepare('INSERT INTO facts VALUES (?, ?)').run(PUBLIC_KEY_FACT, publicKey);
    return true;
  }
  if (known !== publicKey) throw new Error('the ledger is signed under another master key');
  return false;
}
