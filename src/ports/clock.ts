// Time is injected so that tests own it.

export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Resolves after the given delay; rejects when the signal aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}
