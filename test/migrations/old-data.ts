// Data directories that earlier programs left, as SQL text (data-1 is of the first schemas), and what they were made
// with. Key and people are invented; tools/make-data-fixture.ts writes another one for each new schema version.

import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePerson } from '../support/subscribers.ts';

export const OLD_MASTER_KEY = '0f'.repeat(32);
export const OLD_KEY = {
  secretId: 'AKIDOLDESTEXAMPLE0000000000000000001',
  secretKey: 'OldestSecretKeyExample000000000001',
};
/** Each was asked about once and charged. */
export const OLD_PEOPLE = [makePerson(1), makePerson(2, 'suspended')];
export const OLD_QUOTA = 100;

/** Registered herself; with an authenticator, a session and a platform token. In the data from data-4 on. */
export const OLD_OWNER = { email: 'old.owner@example.org', password: 'seven green bicycles' };
/** Verified with a code, and still on the list. In the data from data-5 on. */
export const OLD_CONTACT = '18766554433';
/** Her secrets that the server drew. */
export const OWNER_FILE = 'owner.json';

const HERE = import.meta.dirname;

export const OLD_DATA: readonly string[] = globSync('data-*', { cwd: HERE }).sort();

/** undefined where the data is older than the self-service. */
export function readOldOwner(
  name: string,
): { readonly totpSecret: string; readonly platformToken: string } | undefined {
  const path = join(HERE, name, OWNER_FILE);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Puts a checked-in data directory on disk as the files that it was. */
export function restoreOldData(name: string, directory: string): void {
  mkdirSync(directory, { mode: 0o700 });
  for (const file of globSync(`${name}/*.sql`, { cwd: HERE })) {
    // Rows stand in the order of their tables, not of their references.
    const database = new DatabaseSync(join(directory, `${basename(file, '.sql')}.db`), {
      enableForeignKeyConstraints: false,
    });
    database.exec(`BEGIN; ${readFileSync(join(HERE, file), 'utf8')} COMMIT`);
    database.close();
  }
  copyFileSync(join(HERE, name, 'ledger-heads.ndjson'), join(directory, 'ledger-heads.ndjson'));
}
