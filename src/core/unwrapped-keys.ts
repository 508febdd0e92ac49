// Data keys that callers wrapped for the server, unwrapped lately: SM2 and RSA cost milliseconds on the serving thread, and
// clients send one wrapped key with many calls. Keys of the KMS are not kept: whether their master key is enabled and
// granted is asked at every call.

import { createHmac } from 'node:crypto';

export interface UnwrappedKeys {
  /** What `unwrap` answered for this account, algorithm and wrapped key lately, or answers now. */
  get(accountId: number, algorithm: string, wrapped: string, nowMs: number, unwrap: () => Buffer): Buffer;
}

export interface UnwrappedKeysOptions {
  /** Keys held at most; the oldest goes first. */
  readonly max: number;
  /** From unwrapping on, however often it is used. */
  readonly keptMs: number;
  /** So that what is held does not tell what was sent. */
  readonly hashKey: Uint8Array;
}

interface Kept {
  readonly key: Buffer;
  readonly madeMs: number;
}

/**
 * `unwrap` must answer a substitute for what does not unwrap, and that is kept in the same way: were only successes quick
 * the second time, a sender could tell them from failures. By account, so that none learns what another one sent.
 */
export function createUnwrappedKeys({ max, keptMs, hashKey }: UnwrappedKeysOptions): UnwrappedKeys {
  const kept = new Map<string, Kept>();

  // A clock set back must not keep a key longer.
  const isFresh = ({ madeMs }: Kept, nowMs: number): boolean => nowMs >= madeMs && nowMs - madeMs < keptMs;

  function dropPast(nowMs: number): void {
    for (const [id, entry] of kept) {
      if (isFresh(entry, nowMs)) return;
      kept.delete(id);
    }
  }

  return {
    get(accountId, algorithm, wrapped, nowMs, unwrap) {
      dropPast(nowMs);
      const text = `${accountId}\n${algorithm}\n${wrapped}`;
      const id = createHmac('sha256', hashKey).update(text).digest('base64');
      const known = kept.get(id);
      if (known !== undefined && isFresh(known, nowMs)) return known.key;
      const key = unwrap();
      kept.delete(id);
      if (kept.size >= max) {
        for (const oldest of kept.keys()) {
          kept.delete(oldest);
          break;
        }
      }
      if (keptMs > 0) kept.set(id, { key, madeMs: nowMs });
      return key;
    },
  };
}
