// What the code bench says: medians of its rounds, the ratio to the floor, and the goals it is held to.

import type { CycleResult } from './code-cycles.ts';
import { median } from './report.ts';

export interface CycleSample extends CycleResult {
  readonly server: 'floor' | 'lineproof';
  readonly round: number;
  /** Microseconds of processor time per cycle, whole process; undefined where it cannot be read. */
  readonly cpuUs: number | undefined;
}

export interface CycleLine {
  readonly floor: CycleFigures;
  readonly ours: CycleFigures;
  /** Median of the rounds' own ratios, each between neighbours in time. */
  readonly ratio: number;
  readonly ratios: readonly number[];
}

type CycleFigures = Readonly<Record<'rate' | 'p50Us' | 'p99Us', number>> & {
  readonly cpuUs: number | undefined;
};

const REQUIRED_RATIO = 0.4;
const AIMED_RATIO = 0.6;

export function summariseCycles(samples: readonly CycleSample[]): CycleLine {
  const of = (name: CycleSample['server']): CycleSample[] => samples.filter(({ server }) => server === name);
  const floor = of('floor');
  const ours = of('lineproof');
  const ratios = ours.map(({ rate, round }) => {
    const beside = floor.find((sample) => sample.round === round);
    return rate / (beside?.rate ?? Number.NaN);
  });
  return { floor: figures(floor), ours: figures(ours), ratio: median(ratios), ratios };
}

function figures(samples: readonly CycleSample[]): CycleFigures {
  const of = (key: 'rate' | 'p50Us' | 'p99Us'): number => median(samples.map((sample) => sample[key]));
  const cpu = samples.flatMap(({ cpuUs }) => cpuUs ?? []);
  return {
    ...{ rate: of('rate'), p50Us: of('p50Us'), p99Us: of('p99Us') },
    cpuUs: cpu.length === 0 ? undefined : median(cpu),
  };
}

export function renderCycles(line: CycleLine, inFlight: number): string {
  const row = (name: string, { rate, p50Us, p99Us, cpuUs }: CycleFigures): string =>
    [
      name.padEnd(10),
      String(Math.round(rate)).padStart(8),
      (p50Us / 1000).toFixed(2).padStart(7),
      (p99Us / 1000).toFixed(2).padStart(7),
      (cpuUs?.toFixed(0) ?? '-').padStart(12),
    ].join('  ');
  const verdict = line.ratio >= REQUIRED_RATIO ? 'reached' : 'MISSED';
  const rounds = line.ratios.map((ratio) => ratio.toFixed(3)).join(', ');
  return [
    '',
    'server      cycles/s   p50 ms   p99 ms  CPU us/cycle',
    row('floor', line.floor),
    row('lineproof', line.ours),
    '',
    `ratio with ${inFlight} in flight ${line.ratio.toFixed(3)} (rounds: ${rounds}): ${REQUIRED_RATIO} ${verdict}, aim ${AIMED_RATIO}`,
    '',
  ].join('\n');
}
