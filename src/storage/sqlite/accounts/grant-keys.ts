// Idempotency keys of grants: which grant a key stands for, and whether it is in the audit log. The ledger gives it once.

import type { DatabaseSync } from 'node:sqlite';
import { AdministrationError } from './administration-error.ts';

const NOTED = ':noted';

export interface GrantKeys {
  /** Whether the grant is done and noted. Throws conflict when the name stands for another grant. */
  claim(name: string, grant: string): { readonly isNoted: boolean };
  /** Inside the transaction of its audit entry; false when another one was faster. */
  finish(name: string, grant: string): boolean;
}

export function createGrantKeys(database: DatabaseSync): GrantKeys {
  const insert = database.prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO NOTHING');
  const read = database.prepare('SELECT value FROM facts WHERE name = ?');
  const finish = database.prepare('UPDATE facts SET value = ? WHERE name = ? AND value = ?');
  const factOf = (name: string): string => `grant-key:${name}`;
  const bytesOf = (text: string): Buffer => Buffer.from(text);

  return {
    claim(name, grant) {
      insert.run(factOf(name), bytesOf(grant));
      const stored = Buffer.from(read.get(factOf(name))?.value as Uint8Array).toString();
      if (stored !== grant && stored !== grant + NOTED)
        throw new AdministrationError('the key was used for another grant', 'conflict');
      return { isNoted: stored !== grant };
    },
    finish: (name, grant) => finish.run(bytesOf(grant + NOTED), factOf(name), bytesOf(grant)).changes === 1,
  };
}
