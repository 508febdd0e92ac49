// The one thread that writes codes.db. It takes whatever has arrived in one transaction, whose answers leave when it is on disk:
// batches form by themselves during each sync.

import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { SendRules } from '../../../ports/code-store.ts';
import type { CheckedCode } from '../../../ports/verifications.ts';
import { inTransaction } from '../in-transaction.ts';
import { type CodeSteps, createCodeBooks } from './books.ts';
import type { Noted } from './noted-steps.ts';
import { openCodesFile } from './schema.ts';

export interface CodesSetup {
  readonly port: MessagePort;
  readonly path: string;
  readonly rules: SendRules;
  readonly codeKey: Uint8Array;
}

export interface Operation {
  readonly id: number;
  readonly name: keyof CodeSteps;
  readonly args: readonly unknown[];
  /** Told before it is on disk, should it be a verified code. */
  readonly isAwaited?: boolean;
}

export type ToCodes =
  | { readonly kind: 'do'; readonly operations: readonly Operation[] }
  | { readonly kind: 'close' };

export interface Result {
  readonly id: number;
  readonly value?: unknown;
  /** Why it was not done, without personal data. */
  readonly error?: string;
}

export type FromCodes =
  | { readonly kind: 'ready' }
  /** Not on disk yet. */
  | { readonly kind: 'verified'; readonly results: readonly Result[] }
  | { readonly kind: 'done'; readonly results: readonly Result[]; readonly noted: Noted }
  | { readonly kind: 'closed' };

/** What sends of the last minutes touch is folded back once, not with every thousand pages. */
const CHECKPOINT_PAGES = 4000;
const CACHE_KIB = 32_768;
/** One turn's operations may go beyond it. */
const BATCH_MAX = 1000;

function runCodes({ port, path, rules, codeKey }: CodesSetup): void {
  const database = openCodesFile(path, { cacheKiB: CACHE_KIB });
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  const books = createCodeBooks(database, rules, codeKey);

  function perform({ id, name, args }: Operation): Result {
    const step = books[name] as (...args: readonly unknown[]) => unknown;
    return { id, value: step(...args) };
  }

  function attempt(operations: readonly Operation[]): Result[] {
    try {
      return inTransaction(database, () => {
        const results = operations.map(perform);
        books.flush();
        tellVerified(operations, results);
        return results;
      });
    } catch (error) {
      books.forget();
      // One that cannot be done must not take the others with it.
      if (operations.length > 1) return operations.flatMap((operation) => attempt([operation]));
      const message = error instanceof Error ? error.message : String(error);
      return operations.map(({ id }) => ({ id, error: message }));
    }
  }

  /** While they go to the disk their calls are recorded. */
  function tellVerified(operations: readonly Operation[], results: readonly Result[]): void {
    const verified = results.filter(
      ({ value }, index) =>
        operations[index]?.isAwaited === true && (value as CheckedCode).kind === 'verified',
    );
    if (verified.length > 0) port.postMessage({ kind: 'verified', results: verified } satisfies FromCodes);
  }

  function takeArrived(first: ToCodes): { readonly operations: Operation[]; readonly isLast: boolean } {
    const operations: Operation[] = [];
    let message: ToCodes | undefined = first;
    while (message?.kind === 'do') {
      operations.push(...message.operations);
      if (operations.length >= BATCH_MAX) break;
      message = receiveMessageOnPort(port)?.message as ToCodes | undefined;
    }
    return { operations, isLast: message?.kind === 'close' };
  }

  port.on('message', (first: ToCodes) => {
    const { operations, isLast } = takeArrived(first);
    if (operations.length > 0) {
      const results = attempt(operations);
      port.postMessage({ kind: 'done', results, noted: books.takeNoted() } satisfies FromCodes);
    }
    if (!isLast) return;
    database.close();
    port.postMessage({ kind: 'closed' } satisfies FromCodes);
    port.close();
  });
  port.postMessage({ kind: 'ready' } satisfies FromCodes);
}

runCodes(workerData as CodesSetup);
