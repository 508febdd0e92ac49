// The carriers that the registry has ever named, the known ones included.

import { openRegistryFile } from './schema.ts';

export function listCarriers(path: string): string[] {
  const database = openRegistryFile(path);
  try {
    const rows = database.prepare('SELECT name FROM carriers').all();
    return rows.map(({ name }) => String(name));
  } finally {
    database.close();
  }
}
