// Calls and their durations, counted on the request path with a map look-up and an addition, written out as Prometheus
// text only when somebody asks. A general library hashes labels at every call; that showed in the slowest percent.

import { renderHead } from './metric-text.ts';

export interface CallMeasurement {
  readonly protocol: string;
  /** Core action name, or '' when the request did not get that far. */
  readonly action: string;
  /** Outcome or fault code. */
  readonly result: string;
  readonly kind: 'outcome' | 'fault';
  readonly durationMs: number;
}

export interface CallMetrics {
  measure(call: CallMeasurement): void;
  render(): string;
}

interface Counted {
  readonly labels: string;
  readonly timed: Timed;
  count: number;
}

interface Timed {
  readonly labels: string;
  readonly buckets: Float64Array;
  sumMs: number;
}

const BOUNDS_MS = [0.5, 1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000];
const CALLS = 'lineproof_calls_total';
const DURATION = 'lineproof_call_duration_seconds';

export function createCallMetrics(): CallMetrics {
  const counts = new Map<string, Counted>();
  const times = new Map<string, Timed>();

  function timesOf(protocol: string, action: string): Timed {
    const labels = `protocol="${protocol}",action="${action}"`;
    const known = times.get(labels);
    if (known !== undefined) return known;
    const timed = { labels, buckets: new Float64Array(BOUNDS_MS.length + 1), sumMs: 0 };
    times.set(labels, timed);
    return timed;
  }

  return {
    measure({ protocol, action, kind, result, durationMs }) {
      const key = `${protocol} ${action} ${result}`;
      let counted = counts.get(key);
      if (counted === undefined) {
        const labels = `protocol="${protocol}",action="${action}",kind="${kind}",result="${result}"`;
        counted = { labels, count: 0, timed: timesOf(protocol, action) };
        counts.set(key, counted);
      }
      counted.count += 1;
      const { timed } = counted;
      const at = bucketOf(durationMs);
      timed.buckets[at] = (timed.buckets[at] ?? 0) + 1;
      timed.sumMs += durationMs;
    },
    render() {
      const lines = [...counts.values()].map(({ labels, count }) => `${CALLS}{${labels}} ${count}\n`);
      const timed = [...times.values()].flatMap(renderTimes).map((line) => `${line}\n`);
      return [
        renderHead('counter', CALLS, 'Calls by protocol, action and outcome or fault.'),
        ...lines,
        renderHead('histogram', DURATION, 'Time from the request head to the answer.'),
        ...timed,
      ].join('');
    },
  };
}

function bucketOf(durationMs: number): number {
  let at = 0;
  while (durationMs > (BOUNDS_MS[at] ?? Number.POSITIVE_INFINITY)) at += 1;
  return at;
}

function renderTimes({ labels, buckets, sumMs }: Timed): string[] {
  let total = 0;
  const lines = [...buckets].map((count, at) => {
    total += count;
    const bound = BOUNDS_MS[at];
    return `${DURATION}_bucket{${labels},le="${bound === undefined ? '+Inf' : bound / 1000}"} ${total}`;
  });
  return [...lines, `${DURATION}_sum{${labels}} ${sumMs / 1000}`, `${DURATION}_count{${labels}} ${total}`];
}
