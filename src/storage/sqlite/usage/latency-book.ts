// How long calls took, counted in memory on the way of each call (two look-ups and an addition) and handed over every few
// seconds to the thread that keeps them. What a crash loses of it is a few seconds of a measurement, and no evidence.

import { latencyBucketOf } from '../../../domain/latency-histogram.ts';

/** Account, protocol, action, bucket, calls. */
export type LatencyRow = readonly [number, string, string, number, number];

export interface LatencyBook {
  note(account: number, protocol: string, action: string, durationMs: number): void;
  /** What was counted since the last time. */
  take(): LatencyRow[];
}

/** More pairs of account and bucket than that are not counted until the next time. */
const COUNTS_MAX = 200_000;
/** Above every bucket: account and bucket are one number. */
const BUCKETS = 256;

export function createLatencyBook(): LatencyBook {
  const protocols = new Map<string, Map<string, Map<number, number>>>();
  let size = 0;

  function countsOf(protocol: string, action: string): Map<number, number> {
    const known = protocols.get(protocol)?.get(action);
    if (known !== undefined) return known;
    const actions = protocols.get(protocol) ?? new Map<string, Map<number, number>>();
    const counts = new Map<number, number>();
    protocols.set(protocol, actions.set(action, counts));
    return counts;
  }

  return {
    note(account, protocol, action, durationMs) {
      const counts = countsOf(protocol, action);
      const name = account * BUCKETS + latencyBucketOf(durationMs);
      const before = counts.get(name);
      if (before === undefined && size >= COUNTS_MAX) return;
      if (before === undefined) size += 1;
      counts.set(name, (before ?? 0) + 1);
    },
    take() {
      const rows: LatencyRow[] = [];
      for (const [protocol, actions] of protocols)
        for (const [action, counts] of actions) {
          for (const [name, calls] of counts)
            rows.push([Math.floor(name / BUCKETS), protocol, action, name % BUCKETS, calls]);
          counts.clear();
        }
      size = 0;
      return rows;
    },
  };
}
