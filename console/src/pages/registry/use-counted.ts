// What the registry holds, as it was counted last: it is counted when nobody has yet, or when something was imported since.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../../api/call.ts';
import { isAtWork, JOB_QUERIES, type Job, useJobs } from '../../api/job.ts';

/** The result of a job of this kind. */
export interface Counts {
  readonly rows: number;
  readonly demonstration: boolean;
  readonly by_status: Readonly<Record<string, number>>;
  readonly by_carrier: Readonly<Record<string, number>>;
  readonly by_tenure_months: Readonly<Record<string, number>>;
  readonly with_name: number;
  readonly with_id_card: number;
  readonly as_of_oldest: string | null;
  readonly as_of_newest: string | null;
}

/** As many as one page may hold. */
const JOBS_SEEN = 100;
const KIND = 'registry-statistics';

/** Whether what was counted last is not of the registry as it is. */
function isOutdated(jobs: readonly Job[]): boolean {
  const counted = jobs.find(({ kind, state }) => kind === KIND && state !== 'cancelled');
  const changed = jobs.find(({ kind, state }) => kind !== KIND && state === 'done');
  return counted === undefined || (changed?.ended_at ?? '') > counted.created_at;
}

export function useCounted() {
  const client = useQueryClient();
  const jobs = useJobs({ limit: JOBS_SEEN });
  const start = useMutation({
    mutationFn: () => call('POST /operator/registry/statistics', {}),
    onSettled: () => client.invalidateQueries({ queryKey: JOB_QUERIES }),
  });
  const isKnown = jobs.isSuccess && jobs.isFetchedAfterMount;
  const items = isKnown ? jobs.data.items : [];
  const counts = items.filter(({ kind }) => kind === KIND);
  const [newest] = counts;
  const done = counts.find(({ state }) => state === 'done');
  const outdated = isKnown && isOutdated(items);

  const wasAsked = useRef(false);
  const { mutate } = start;
  useEffect(() => {
    if (!outdated || wasAsked.current) return;
    wasAsked.current = true;
    mutate();
  }, [outdated, mutate]);

  return {
    jobs,
    start,
    newest,
    isCounting: isAtWork(newest),
    counted:
      done === undefined
        ? undefined
        : { endedAt: done.ended_at, isOutdated: outdated, counts: done.result as unknown as Counts },
  };
}
