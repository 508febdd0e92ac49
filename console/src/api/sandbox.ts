// The sandbox's documented inputs of one action, as the server reads them off its tables.

import { useQuery } from '@tanstack/react-query';
import type { Action } from './actions.ts';
import { type Answer, call } from './call.ts';

export type SandboxInput = Answer<'GET /explorer/sandbox'>['items'][number];

export function useSandboxInputs(action: Action | undefined, isEnabled = true) {
  const query = { protocol: action?.protocol ?? '', action: action?.action ?? '' };
  return useQuery({
    queryKey: ['sandbox', query],
    queryFn: () => call('GET /explorer/sandbox', { query }),
    enabled: isEnabled && action !== undefined,
    staleTime: 300_000,
  });
}
