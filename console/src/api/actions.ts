// Every action of every protocol as the server describes it: forms, reference pages and code are made from this one table.

import { useQuery } from '@tanstack/react-query';
import { type Answer, call } from './call.ts';

export type ActionTable = Answer<'GET /explorer/actions'>;
export type Action = ActionTable['actions'][number];
export type Field = Omit<Action['fields'][number], 'fields'> & { readonly fields?: readonly Field[] };
export type ActionError = Action['errors'][number];

export function useActions() {
  return useQuery({
    queryKey: ['explorer-actions'],
    queryFn: () => call('GET /explorer/actions', {}),
    staleTime: 300_000,
  });
}
