// Looks at a SQLite file without changing it: its schema's age, its log, and whether its pages are sound.

import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export interface DatabaseCondition {
  readonly schemaVersion: number;
  readonly walBytes: number;
  /** undefined when sound or not looked at. */
  readonly damage: string | undefined;
}

export function inspectDatabase(path: string, looksAtPages: boolean): DatabaseCondition {
  const walBytes = existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    database.exec('PRAGMA busy_timeout = 2000');
    const schemaVersion = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    const verdict = looksAtPages
      ? database.prepare('PRAGMA quick_check(1)').get()?.quick_check
      : database.prepare('SELECT count(*) FROM sqlite_schema').get() && 'ok';
    return { schemaVersion, walBytes, damage: verdict === 'ok' ? undefined : String(verdict) };
  } catch (error) {
    return { schemaVersion: 0, walBytes, damage: error instanceof Error ? error.message : 'cannot be read' };
  } finally {
    database?.close();
  }
}
