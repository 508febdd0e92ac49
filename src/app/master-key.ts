// The master key of a data directory: read from where it is configured, made when the directory is new, and checked
// against the databases before anything is derived from it.

import { existsSync } from 'node:fs';
import { deriveKey } from '../codecs/key-derivation.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { makeDirectory } from '../config/usable-directory.ts';
import type { Random } from '../ports/random.ts';
import { createMasterKeyFile, MasterKeyError, readMasterKey } from '../storage/master-key.ts';
import { checkMasterKey } from '../storage/sqlite/accounts/master-check.ts';

export interface MasterKeyOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<Configuration, 'masterKey' | 'masterKeyCommand'>;
  readonly random: Random;
}

/** Throws MasterKeyError when there is none for existing data, or when it is not the one the data was made with. */
export function openMasterKey({ paths, configuration, random }: MasterKeyOptions): Buffer {
  makeDirectory(paths.directory);
  const sources = {
    file: paths.masterKey,
    environment: configuration.masterKey,
    command: configuration.masterKeyCommand,
  };
  const master = readMasterKey(sources) ?? createFirst(paths, random) ?? readMasterKey(sources);
  if (master === undefined) throw new MasterKeyError(`there is no master key at ${paths.masterKey}`);
  if (!checkMasterKey(paths.accounts, deriveKey(master, 'master-check'))) {
    throw new MasterKeyError(
      `this is not the master key that ${paths.directory} was made with: bring back the right one`,
    );
  }
  return master;
}

/** Under which names and ID cards are kept as hashes. */
export function openBlindIndexKey(options: MasterKeyOptions): Buffer {
  return deriveKey(openMasterKey(options), 'blind-index');
}

/** undefined when another process was faster. */
function createFirst(paths: DataPaths, random: Random): Buffer | undefined {
  const made = [paths.accounts, paths.ledger, paths.registry].find((file) => existsSync(file));
  if (made !== undefined) {
    throw new MasterKeyError(
      `the master key is missing, but ${made} was made with one: put ${paths.masterKey} back, or set LINEPROOF_MASTER_KEY or master-key-command`,
    );
  }
  try {
    return createMasterKeyFile(paths.masterKey, random);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}
