// Who looks at the console: nobody, a person or an operator. Every page asks here, once.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from './call.ts';

export type Visitor = Answer<'GET /visitor'>;
export const VISITOR_KEY = ['visitor'];

/** undefined until the server has said it. */
export function useVisitor(): Visitor | undefined {
  return useQuery({ queryKey: VISITOR_KEY, queryFn: () => call('GET /visitor', {}), staleTime: 60_000 }).data;
}

/** undefined until the server has said it. */
export function useCurrency(): Visitor['currency'] | undefined {
  return useVisitor()?.currency;
}

/** Of the ledger, which says where its days begin; undefined until the server has said it. */
export function useTimeZone(): string | undefined {
  return useVisitor()?.time_zone;
}

/** After a sign-in nothing that was read before may be shown any longer. */
export function useForgetAll(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== VISITOR_KEY[0] });
    await client.invalidateQueries({ queryKey: VISITOR_KEY });
  };
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (kind: Visitor['kind']) => {
      if (kind === 'operator') await call('DELETE /operator/session', {});
      else await call('POST /people/logout', {});
    },
    onSettled: () => {
      const before = client.getQueryData<Visitor>(VISITOR_KEY);
      client.clear();
      if (before !== undefined)
        client.setQueryData<Visitor>(VISITOR_KEY, {
          ...before,
          ...{ kind: 'nobody', person: null, operator: null },
        });
    },
  });
}
