// The load generator as a process of its own: takes jobs as messages from the bench, answers each with its result.

import { type Job, type LoadResult, runLoad } from './load.ts';

export type LoadAnswer =
  | { readonly ok: true; readonly result: LoadResult }
  | { readonly ok: false; readonly reason: string };

process.on('message', (job: Job) => {
  runLoad(job).then(
    (result) => process.send?.({ ok: true, result } satisfies LoadAnswer),
    (error: unknown) => process.send?.({ ok: false, reason: String(error) } satisfies LoadAnswer),
  );
});
