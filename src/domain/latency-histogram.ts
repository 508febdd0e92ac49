// How long calls took, as counts in buckets that each are 9 % wide: small enough to be kept by day and action, and added up.
// Percentiles are read off them to within 5 %.

/** Buckets of each doubling, from a microsecond on. */
const STEPS = 8;
/** The last one takes all from two minutes on. */
const LAST = 27 * STEPS;

export interface LatencyPercentiles {
  readonly calls: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Calls by bucket. */
export type LatencyCounts = ReadonlyMap<number, number>;

export function latencyBucketOf(durationMs: number): number {
  const durationUs = durationMs * 1000;
  return durationUs <= 1 ? 0 : Math.min(LAST, Math.floor(Math.log2(durationUs) * STEPS));
}

/** undefined of no calls. */
export function percentilesOf(counts: LatencyCounts): LatencyPercentiles | undefined {
  const buckets = [...counts].sort(([one], [other]) => one - other);
  const calls = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (calls === 0) return undefined;
  const percentile = (share: number): number => {
    let seen = 0;
    const found = buckets.find(([, count]) => {
      seen += count;
      return seen >= calls * share;
    });
    return middleMsOf(found?.[0] ?? LAST);
  };
  return { calls, p50Ms: percentile(0.5), p95Ms: percentile(0.95), p99Ms: percentile(0.99) };
}

/** To the microsecond. */
function middleMsOf(bucket: number): number {
  return Math.round(2 ** ((bucket + 0.5) / STEPS)) / 1000;
}
