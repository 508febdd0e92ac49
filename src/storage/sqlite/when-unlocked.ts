// The serving thread must not wait for another process's lock: a busy file is tried again later.

import { Fault } from '../../domain/fault.ts';
import type { Clock } from '../../ports/clock.ts';

const TRIES = 40;
const TRY_EVERY_MS = 50;

/** The file's busy timeout must be 0. */
export async function whenUnlocked<T>(clock: Clock, work: () => T): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (attempt === TRIES) throw new Fault('overloaded', {}, error);
      await clock.sleep(TRY_EVERY_MS);
    }
  }
}

/** SQLITE_BUSY, plain or extended. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
