// Every action of every protocol as the server describes it: forms, reference pages and code are made from this one table.

import { useQuery } from '@tanstack/react-query';
import type { JsonObject } from '../../../src/samples/index.ts';
import { placeInput } from '../../../src/samples/place-input.ts';
import { type Answer, call } from './call.ts';

export type ActionTable = Answer<'GET /explorer/actions'>;
export type Action = ActionTable['actions'][number];
export type Field = Omit<Action['fields'][number], 'fields'> & { readonly fields?: readonly Field[] };
export type ActionError = Action['errors'][number];

/** What is filled in, where it goes on the wire. */
export function placedInputOf({ path, fields }: Action, input: JsonObject) {
  const headers = fields.filter(({ place }) => place === 'header').map(({ name }) => name);
  return placeInput(path, headers, input);
}

export function useActions() {
  return useQuery({
    queryKey: ['explorer-actions'],
    queryFn: () => call('GET /explorer/actions', {}),
    staleTime: 300_000,
  });
}
