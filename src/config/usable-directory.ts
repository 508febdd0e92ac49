// Whether a path can be a directory, and making it: every refusal says what stands in the way.

import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from './load.ts';

const OWNER_ONLY = 0o700;
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'a name in it is too long',
  ELOOP: 'its symbolic links lead nowhere',
  EEXIST: 'something else has that name',
  ENOENT: 'the file system takes nothing of that name',
};

/** In words, without the system's own; undefined for an error that is none of the file system. */
export function describeFileError(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined;
}

/** Throws ConfigurationError when there is, and can be, no directory of this path. It need not exist. */
export function checkDirectoryPath(directory: string): void {
  findMissing(directory);
}

/** Makes what is missing of the path, for its owner alone; returns the first directory that was made. */
export function makeDirectory(directory: string): string | undefined {
  const missing = findMissing(directory);
  // One by one: where a file system answers ENOENT to everything, Node's own recursive mkdir never ends.
  for (const level of missing) {
    try {
      mkdirSync(level, { mode: OWNER_ONLY });
    } catch (error) {
      if (isDirectory(level, directory)) continue;
      throw new ConfigurationError(
        `${directory} cannot be made: ${describeFileError(error) ?? String(error)}`,
      );
    }
  }
  return missing[0];
}

/** The directories that do not exist yet, the outermost first. */
function findMissing(directory: string): string[] {
  const missing: string[] = [];
  for (let level = directory; !isDirectory(level, directory); level = dirname(level)) missing.unshift(level);
  return missing;
}

/** false where nothing is; throws where something else is or will not be looked at. */
function isDirectory(level: string, directory: string): boolean {
  try {
    if (statSync(level).isDirectory()) return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Below a file everything is ENOTDIR: the next level up is looked at, until it is the file.
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new ConfigurationError(
      `${directory} cannot be a directory: ${describeFileError(error) ?? String(error)}`,
    );
  }
  throw new ConfigurationError(
    level === directory
      ? `${directory} is not a directory`
      : `${directory} cannot be a directory: ${level} is not one`,
  );
}
