// Long works of operators: which there are, watched while one of them is at work; and the last one of a kind, known after a
// reload too.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type Answer, call, type Input } from './call.ts';

export type Job = Answer<'GET /operator/jobs'>['items'][number];
type Query = NonNullable<Input<'GET /operator/jobs'>['query']>;
/** Everything that shows jobs. */
export const JOB_QUERIES = ['jobs'];
const WATCH_EVERY_MS = 500;
const NOTHING: readonly string[] = [];

export const isAtWork = (job: Job | undefined): boolean => job?.ended_at === null;

/** Of every kind, and newest first, unless the query says otherwise. */
export function useJobs(query: Query) {
  return useQuery({
    queryKey: [...JOB_QUERIES, query],
    queryFn: () => call('GET /operator/jobs', { query }),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) === true ? WATCH_EVERY_MS : false),
    refetchOnMount: 'always',
    placeholderData: (before) => before,
  });
}

/** `start` makes the call that starts one. `onEnd`, the same array each time, is asked anew once one has ended: keys of queries. */
export function useJob<Fields>(
  kind: NonNullable<Query['kind']>,
  start: (fields: Fields) => Promise<Job>,
  onEnd: readonly string[] = NOTHING,
) {
  const client = useQueryClient();
  const jobs = useJobs({ kind, limit: 1 });
  const [job] = jobs.data?.items ?? [];
  const starting = useMutation({
    mutationFn: start,
    onSettled: () => client.invalidateQueries({ queryKey: JOB_QUERIES }),
  });

  const endedId = job === undefined || isAtWork(job) ? undefined : job.id;
  const before = useRef<string | undefined>(undefined);
  const isKnown = useRef(false);
  useEffect(() => {
    if (!jobs.isSuccess) return;
    const hasEnded = isKnown.current && endedId !== undefined && endedId !== before.current;
    isKnown.current = true;
    before.current = endedId ?? before.current;
    if (hasEnded) for (const key of onEnd) void client.invalidateQueries({ queryKey: [key] });
  }, [jobs.isSuccess, endedId, onEnd, client]);

  return {
    job,
    /** Of asking or starting. */
    error: starting.error ?? jobs.error,
    isBusy: starting.isPending || isAtWork(job),
    start: starting.mutate,
  };
}
