// A key that no client has: requests under unknown ids are checked against it, so that they cost what known ones cost.

import type { ApiKey } from '../../ports/accounts.ts';

export const DECOY_KEY: ApiKey = {
  id: 0,
  secretId: '',
  // Whatever it is, a request that fits it is refused all the same: its id is unknown.
  secretKey: '00000000000000000000000000000000',
  restriction: undefined,
  account: {
    id: 0,
    accountId: '0',
    name: '',
    state: 'suspended',
    sandbox: false,
    services: new Set(),
    ratePerSecond: undefined,
    dailyLimit: undefined,
    caps: undefined,
    kmsGrant: false,
  },
};
