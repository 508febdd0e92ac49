// The last job of one kind that any operator started: watched while it is at work, known after a reload too.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, call, type Input } from './call.ts';

export type Job = Answer<'GET /operator/jobs/{id}'>;
export type JobKind = NonNullable<NonNullable<Input<'GET /operator/jobs'>['query']>['kind']>;

const WATCH_EVERY_MS = 500;

export function isAtWork(job: Job | null | undefined): boolean {
  return job?.state === 'queued' || job?.state === 'running';
}

/** `start` makes the call that starts one. `onEnd` is asked anew once it has ended: keys of queries. */
export function useJob<Fields>(kind: JobKind, start: (fields: Fields) => Promise<Job>, onEnd: string[] = []) {
  const client = useQueryClient();
  const queryKey = ['job', kind];
  const watched = useQuery({
    queryKey,
    async queryFn(): Promise<Job | null> {
      const { items } = await call('GET /operator/jobs', { query: { kind, limit: 1 } });
      const job = items[0] ?? null;
      const before = client.getQueryData<Job | null>(queryKey);
      if (isAtWork(before) && !isAtWork(job))
        for (const key of onEnd) void client.invalidateQueries({ queryKey: [key] });
      return job;
    },
    refetchInterval: ({ state }) => (isAtWork(state.data) ? WATCH_EVERY_MS : false),
  });
  const starting = useMutation({
    mutationFn: start,
    onSuccess: (job) => client.setQueryData(queryKey, job),
  });
  const cancelling = useMutation({
    mutationFn: (id: string) => call('DELETE /operator/jobs/{id}', { path: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return {
    job: watched.data ?? undefined,
    /** Of asking, starting or cancelling. */
    error: starting.error ?? cancelling.error ?? watched.error,
    isBusy: starting.isPending || isAtWork(watched.data),
    start: starting.mutate,
    cancel: cancelling.mutate,
  };
}
