// When and whether to try again: waits that double, part of them chance, out of a budget for all together, so that a station that
// is down is not stormed.

const MINUTE_MS = 60_000;
const DOUBLINGS_MAX = 20;

/** `chance` is from 0 to 1, exclusive. Half of the wait is chance: what failed together does not come back together. */
export function backOffMs(baseMs: number, retry: number, chance: number): number {
  const fullMs = baseMs * 2 ** Math.min(DOUBLINGS_MAX, retry - 1);
  return Math.round(fullMs / 2 + (fullMs / 2) * chance);
}

/** Answers whether one more retry is within so many of each minute. */
export function createRetryBudget(perMinute: number): (nowMs: number) => boolean {
  let minute = 0;
  let retries = 0;
  return (nowMs) => {
    const now = Math.floor(nowMs / MINUTE_MS);
    if (now !== minute) {
      minute = now;
      retries = 0;
    }
    retries += 1;
    return retries <= perMinute;
  };
}
