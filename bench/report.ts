// What the bench says: medians per number of connections, the ratio to the floor, and the goals it is held to.

import type { LoadResult } from './load.ts';
import type { Scheduling } from './scheduling.ts';

/** Signed MobileStatus calls, and check-1e calls with a bearer token; both durable. */
export const MEASURED = ['lineproof', 'check-1e'] as const;
export type Measured = (typeof MEASURED)[number];

export interface Sample extends LoadResult {
  readonly server: 'floor' | Measured;
  readonly connections: number;
  readonly round: number;
  /** Calls a second that were asked for; undefined = as many as the connections allow. */
  readonly askedRate: number | undefined;
  readonly scheduling: Scheduling;
  /** Microseconds of processor time per call, whole process; undefined where it cannot be read. */
  readonly cpuUs: number | undefined;
  readonly mainThreadUs: number | undefined;
}

export interface Line {
  readonly connections: number;
  readonly server: Measured;
  readonly floor: Figures;
  readonly ours: Figures;
  /** Median of the rounds' own ratios, each between neighbours in time. */
  readonly ratio: number;
  readonly ratios: readonly number[];
}

interface Figures {
  readonly rate: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly cpuUs: number | undefined;
  readonly mainThreadUs: number | undefined;
}

export interface HalfLoad {
  readonly server: Measured;
  readonly scheduling: Scheduling;
  readonly connections: number;
  readonly askedRate: number;
  readonly floor: Figures;
  readonly ours: Figures;
  /** The rounds' own, in their order. */
  readonly p99sUs: readonly number[];
}

export const REQUIRED_RATIO = 0.55;
export const AIMED_RATIO = 0.75;
export const P99_LIMIT_US = 5000;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function summarise(
  samples: readonly Sample[],
  connections: number,
  server: Measured = 'lineproof',
): Line {
  const of = (name: Sample['server']): Sample[] =>
    samples.filter(
      (sample) =>
        sample.connections === connections && sample.server === name && sample.askedRate === undefined,
    );
  const floor = of('floor');
  const ours = of(server);
  const ratios = ours.map((sample) => {
    const beside = floor.find(({ round }) => round === sample.round);
    return sample.rate / (beside?.rate ?? Number.NaN);
  });
  return { connections, server, floor: figures(floor), ours: figures(ours), ratio: median(ratios), ratios };
}

export function summariseHalf(
  samples: readonly Sample[],
  server: Measured,
  scheduling: Scheduling,
): HalfLoad | undefined {
  const paced = samples.filter(
    (sample) => sample.askedRate !== undefined && sample.scheduling === scheduling,
  );
  const ours = paced.filter((sample) => sample.server === server);
  const first = ours[0];
  if (first?.askedRate === undefined) return undefined;
  return {
    server,
    scheduling,
    connections: first.connections,
    askedRate: first.askedRate,
    floor: figures(
      paced.filter((sample) => sample.server === 'floor' && sample.askedRate === first.askedRate),
    ),
    ours: figures(ours),
    p99sUs: ours.map(({ p99Us }) => p99Us),
  };
}

function figures(samples: readonly Sample[]): Figures {
  const optional = (key: 'cpuUs' | 'mainThreadUs'): number | undefined => {
    const values = samples.flatMap((sample) => sample[key] ?? []);
    return values.length === 0 ? undefined : median(values);
  };
  return {
    rate: median(samples.map(({ rate }) => rate)),
    p50Us: median(samples.map(({ p50Us }) => p50Us)),
    p99Us: median(samples.map(({ p99Us }) => p99Us)),
    cpuUs: optional('cpuUs'),
    mainThreadUs: optional('mainThreadUs'),
  };
}

export function renderReport(lines: readonly Line[], halves: readonly HalfLoad[]): string {
  const text = ['', 'connections  server      calls/s   p50 ms   p99 ms   CPU us/call (main thread)   ratio'];
  for (const { connections, server, floor, ours, ratio } of lines) {
    if (server === MEASURED[0]) text.push(renderRow(connections, 'floor', floor, ''));
    text.push(renderRow(connections, server, ours, ratio.toFixed(3)));
  }
  const [first] = lines;
  if (first !== undefined) text.push('');
  for (const { connections, server, ratio } of lines) {
    if (connections !== first?.connections) continue;
    const verdict = ratio >= REQUIRED_RATIO ? 'reached' : 'MISSED';
    text.push(
      `${server}: ratio at ${connections} connections ${ratio.toFixed(3)}: ${REQUIRED_RATIO} ${verdict}, aim ${AIMED_RATIO}`,
    );
  }
  for (const { server, scheduling, askedRate, connections, floor, ours, p99sUs } of halves) {
    const verdict = ours.p99Us < P99_LIMIT_US ? 'reached' : 'MISSED';
    text.push(
      `${server}: half of its peak, ${scheduling} scheduling: ${Math.round(ours.rate)} calls/s of ${Math.round(askedRate)} asked, ` +
        `${connections} connections: p50 ${inMs(ours.p50Us)} ms, p99 ${inMs(ours.p99Us)} ms ` +
        `(rounds: ${p99sUs.map(inMs).join(', ')}; floor at the same rate ${inMs(floor.p99Us)}): p99 under 5 ms ${verdict}`,
    );
  }
  return `${text.join('\n')}\n`;
}

function renderRow(connections: number, server: string, figures: Figures, ratio: string): string {
  const cpu =
    figures.cpuUs === undefined
      ? '-'
      : `${figures.cpuUs.toFixed(1)} (${figures.mainThreadUs?.toFixed(1) ?? '-'})`;
  return [
    String(connections).padStart(11),
    server.padEnd(10),
    String(Math.round(figures.rate)).padStart(8),
    inMs(figures.p50Us).padStart(7),
    inMs(figures.p99Us).padStart(7),
    cpu.padStart(26),
    ratio.padStart(6),
  ].join('  ');
}

function inMs(us: number): string {
  return (us / 1000).toFixed(2);
}
