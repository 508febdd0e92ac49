// The driver of the code bench as a process of its own, with the sink in it: first tells the sink's port, then takes jobs and
// answers each with its result.

import { type CycleJob, type CycleResult, runCycles } from './code-cycles.ts';
import { startCodeSink } from './code-sink.ts';

export type DriverAnswer =
  | { readonly kind: 'ready'; readonly sinkPort: number }
  | { readonly kind: 'result'; readonly result: CycleResult }
  | { readonly kind: 'failed'; readonly reason: string };

const sink = await startCodeSink();

process.on('message', (job: CycleJob) => {
  runCycles(job, sink).then(
    (result) => answer({ kind: 'result', result }),
    (error: unknown) => answer({ kind: 'failed', reason: String(error) }),
  );
});
answer({ kind: 'ready', sinkPort: sink.port });

function answer(message: DriverAnswer): void {
  process.send?.(message);
}
