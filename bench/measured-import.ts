// One import by the real command in a process of its own: how long it took from start to end, and how much memory.

import { NODE_ARGS, runJson } from '../test/support/command-line.ts';
import { type MemoryWatch, watchPeakMemory } from '../test/support/peak-memory.ts';

export interface MeasuredImport {
  readonly rows: number;
  /** Of the whole process, its start included. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** undefined where /proc does not exist. */
  readonly peakBytes: number | undefined;
}

const DEADLINE_MS = 3_600_000;

export async function measureImport(data: string, file: string, rows: number): Promise<MeasuredImport> {
  let memory: MemoryWatch | undefined;
  const startedMs = performance.now();
  const result = await runJson(['registry', 'import', file, '--data', data], {
    nodeArgs: NODE_ARGS,
    deadlineMs: DEADLINE_MS,
    onStart({ pid = 0 }) {
      memory = watchPeakMemory(pid);
    },
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const peakBytes = memory?.stop();
  const { accepted } = result as { accepted: number };
  if (accepted !== rows) throw new Error(`${accepted} of ${rows} rows were accepted`);
  return { rows, seconds, rowsPerSecond: rows / seconds, peakBytes };
}
