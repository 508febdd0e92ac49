// The thread that reads lists from codes.db beside the one that writes it: an account with many codes holds up nobody's code.
// A list shows what is on the disk when it is read.

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { CodeStore } from '../../../ports/code-store.ts';
import type { Sync } from './books.ts';
import { createContactReader } from './contacts.ts';
import { createVerificationList } from './read-verifications.ts';
import { createRefusalReader } from './refusals.ts';
import { openCodesFile } from './schema.ts';

export type CodeReads = Sync<CodeStore, 'list' | 'contacts' | 'refusals' | 'refusalSums'>;

export interface ReaderSetup {
  readonly path: string;
}

export interface Read {
  readonly id: number;
  readonly name: keyof CodeReads;
  readonly args: readonly unknown[];
}

export type ToReader = { readonly kind: 'read'; readonly read: Read } | { readonly kind: 'close' };

export type FromReader =
  | { readonly kind: 'ready' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  /** Why, without personal data. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: string };

/** Linux lets a thread be nice by itself; elsewhere it would slow the whole process. */
const NICE = 19;
const CACHE_KIB = 8192;

function runReader({ path }: ReaderSetup): void {
  if (process.platform === 'linux') setPriority(0, NICE);
  const database = openCodesFile(path, { readOnly: true, cacheKiB: CACHE_KIB });
  const reads: CodeReads = {
    list: createVerificationList(database),
    contacts: createContactReader(database),
    ...createRefusalReader(database),
  };
  const tell = (message: FromReader): void => parentPort?.postMessage(message);

  /** In one transaction, so that a list and its length are of one moment. */
  function perform({ id, name, args }: Read): FromReader {
    const read = reads[name] as (...args: readonly unknown[]) => unknown;
    try {
      database.exec('BEGIN');
      return { kind: 'done', id, value: read(...args) };
    } catch (error) {
      return { kind: 'failed', id, error: error instanceof Error ? error.message : String(error) };
    } finally {
      if (database.isTransaction) database.exec('COMMIT');
    }
  }

  parentPort?.on('message', (message: ToReader) => {
    if (message.kind === 'read') tell(perform(message.read));
    else {
      database.close();
      tell({ kind: 'closed' });
      parentPort?.close();
    }
  });
  tell({ kind: 'ready' });
}

runReader(workerData as ReaderSetup);
