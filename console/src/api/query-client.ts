// How answers are kept: briefly. A session that has ended shows everywhere at once.

import { QueryCache, QueryClient } from '@tanstack/react-query';
import { CallError } from './call.ts';
import { VISITOR_KEY } from './visitor.ts';

const RETRIES = 2;
const FRESH_MS = 5000;

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => {
        if (error instanceof CallError && error.code === 'not_signed_in' && queryKey[0] !== VISITOR_KEY[0])
          client.invalidateQueries({ queryKey: VISITOR_KEY });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) => count < RETRIES && isWorthAnotherTry(error),
        refetchOnWindowFocus: false,
      },
    },
  });
  return client;
}

function isWorthAnotherTry(error: Error): boolean {
  return error instanceof CallError && (error.status === 503 || error.code === 'usage_query_in_progress');
}
