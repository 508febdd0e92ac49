// With whose keys an operator calls: the account that was chosen last in this page, or one of the sandbox, so that the
// first call works at once.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';

export interface CallingAccount {
  readonly id: string;
  /** '' while only its id is known. */
  readonly name: string;
}

const OLDEST = 100;
let chosenLast: string | undefined;

export function useCallingAccount(isOperator: boolean) {
  const [chosen, setChosen] = useState(chosenLast);
  const oldest = useQuery({
    queryKey: ['account-choices', { oldest: OLDEST }],
    queryFn: () => call('GET /operator/accounts', { query: { limit: OLDEST, ordering: 'created_at' } }),
    enabled: isOperator,
    select: ({ items }) => items.map(({ account_id: id, name, sandbox }) => ({ id, name, sandbox })),
  });
  const known = oldest.data ?? [];
  const account: CallingAccount | undefined =
    chosen === undefined
      ? (known.find(({ sandbox }) => sandbox) ?? known[0])
      : (known.find(({ id }) => id === chosen) ?? { id: chosen, name: '' });
  return {
    account: isOperator ? account : undefined,
    /** undefined goes back to that of the sandbox. */
    choose(id: string | undefined) {
      chosenLast = id;
      setChosen(id);
    },
  };
}
