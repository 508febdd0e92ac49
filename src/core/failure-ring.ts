// The latest requests of known keys that could not be authenticated, in memory: a bounded number a key, of a bounded number of
// keys. Whoever knows a SecretId can fill its ring, and nobody else's.

import type { StoredFailure } from '../domain/diagnosis.ts';

export interface FailureRing {
  note(failure: StoredFailure): void;
  /** Of these accounts, or of all where none are named; newest first. */
  of(accountIds: readonly string[] | undefined): readonly StoredFailure[];
}

export function createFailureRing(perKeyMax: number, keysMax: number): FailureRing {
  const byKey = new Map<number, readonly StoredFailure[]>();
  return {
    note(failure) {
      const { keyId } = failure;
      const kept = byKey.get(keyId) ?? [];
      byKey.delete(keyId);
      const [oldest] = byKey.keys();
      if (oldest !== undefined && byKey.size >= keysMax) byKey.delete(oldest);
      if (perKeyMax > 0) byKey.set(keyId, [failure, ...kept].slice(0, perKeyMax));
    },
    of: (accountIds) =>
      [...byKey.values()]
        .flat()
        .filter(({ accountId }) => accountIds === undefined || accountIds.includes(accountId))
        .sort((a, b) => b.timeMs - a.timeMs),
  };
}
