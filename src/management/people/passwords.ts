// Passwords of people: hashed a few at a time, because each hash takes much memory on purpose, behind a bounded queue. An
// unknown address costs the same one run as a known one.

import {
  hashPassword,
  type PasswordCost,
  readPasswordCost,
  SALT_BYTES,
  TAG_BYTES,
  verifyPassword,
  writePasswordHash,
} from '../../codecs/password-hash.ts';
import type { Random } from '../../ports/random.ts';
import { ManagementError } from '../route.ts';

export interface PasswordsOptions {
  readonly pepper: Buffer;
  readonly cost: PasswordCost;
  readonly random: Random;
  readonly atOnce: number;
  readonly queueMax: number;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Against nothing it answers false after the same work. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
  /** Was it made with other parameters than today's? */
  isOutdated(stored: string): boolean;
  /** Runs of argon2id since the start. */
  runs(): number;
}

export function createPasswords({ pepper, cost, random, atOnce, queueMax }: PasswordsOptions): Passwords {
  const decoy = writePasswordHash(cost, random.bytes(SALT_BYTES), random.bytes(TAG_BYTES));
  const waiting: (() => void)[] = [];
  let running = 0;
  let runs = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (waiting.length >= queueMax) throw new ManagementError('unavailable', '', 1);
      // Whoever ends hands its place over: nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    runs += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    hash: (password) => inTurn(() => hashPassword(password, pepper, cost, random.bytes(SALT_BYTES))),
    async verify(password, stored) {
      const matches = await inTurn(() => verifyPassword(password, pepper, stored ?? decoy));
      return stored !== undefined && matches;
    },
    isOutdated(stored) {
      const made = readPasswordCost(stored);
      return (
        made === undefined ||
        Object.entries(cost).some(([name, value]) => made[name as keyof PasswordCost] !== value)
      );
    },
    runs: () => runs,
  };
}
