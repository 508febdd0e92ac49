// "Acquire" for whoever is signed out leads to the sign-in and back, and is then carried out: the wish is kept in this tab
// alone, so that no link from elsewhere can acquire anything.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { call } from '../../api/call.ts';
import { useVisitor } from '../../api/visitor.ts';
import { signInAddress } from '../sign-in/next-address.ts';

const WISH = 'lineproof.acquire';

export function useAcquire(alias: string, isApplied: boolean | undefined) {
  const visitor = useVisitor();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const client = useQueryClient();
  const acquire = useMutation({
    mutationFn: () => call('POST /applications', { body: { service_id: alias } }),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'visitor' }),
  });
  const { mutate } = acquire;

  const isPerson = visitor?.kind === 'person';
  useEffect(() => {
    if (!isPerson || isApplied === undefined || sessionStorage.getItem(WISH) !== alias) return;
    sessionStorage.removeItem(WISH);
    if (!isApplied) mutate();
  }, [isPerson, isApplied, alias, mutate]);

  return {
    ...acquire,
    isPossible: visitor?.kind !== 'operator',
    isSignedOut: visitor?.kind === 'nobody',
    begin() {
      if (isPerson) mutate();
      else {
        sessionStorage.setItem(WISH, alias);
        navigate(signInAddress(pathname));
      }
    },
  };
}
