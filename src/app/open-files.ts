// What of a data directory users other than its owner may read or write.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const OTHERS = 0o077;

/** The directory itself and files in it, as paths. */
export function findOpenFiles(directory: string): string[] {
  return ['', ...readdirSync(directory)]
    .map((name) => join(directory, name))
    .filter((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat !== undefined && (stat.isFile() || path === join(directory)) && (stat.mode & OTHERS) !== 0;
    });
}
