// The load generator as a process of its own: takes jobs as messages from the bench, says when it begins to count, answers
// each with its result; a message without a job ends the one at work.

import { type Job, type LoadResult, runLoad } from './load.ts';

export type LoadAnswer =
  | { readonly kind: 'counting' }
  | { readonly kind: 'result'; readonly result: LoadResult }
  | { readonly kind: 'failed'; readonly reason: string };

export interface LoadOrder {
  readonly job: Job | undefined;
}

let stopping = new AbortController();

process.on('message', ({ job }: LoadOrder) => {
  if (job === undefined) {
    stopping.abort();
    return;
  }
  stopping = new AbortController();
  runLoad(job, { stop: stopping.signal, onCounting: () => answer({ kind: 'counting' }) }).then(
    (result) => answer({ kind: 'result', result }),
    (error: unknown) => answer({ kind: 'failed', reason: String(error) }),
  );
});

function answer(message: LoadAnswer): void {
  process.send?.(message);
}
