// Long works on the registry: which there are, watched every second while one of them runs.

import { useQuery } from '@tanstack/react-query';
import { type Answer, call } from '../../api/call.ts';

export type Job = Answer<'GET /operator/jobs'>['items'][number];
type Kind = Exclude<Parameters<typeof call<'GET /operator/jobs'>>[1]['query'], undefined>['kind'];
/** Everything that shows jobs. */
export const JOB_QUERIES = ['jobs'];
const LOOK_EVERY_MS = 1000;

export const isOver = ({ ended_at }: Job): boolean => ended_at !== null;

interface Page {
  /** Of every kind unless given. */
  readonly kind?: Kind;
  readonly limit: number;
  readonly offset?: number;
}

/** Newest first. */
export function useJobs(page: Page) {
  return useQuery({
    queryKey: [...JOB_QUERIES, page],
    queryFn: () => call('GET /operator/jobs', { query: page }),
    refetchInterval: ({ state }) => (state.data?.items.every(isOver) === false ? LOOK_EVERY_MS : false),
    refetchOnMount: 'always',
    placeholderData: (before) => before,
  });
}
