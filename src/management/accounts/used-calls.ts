// How many charged calls an account has made of a service, ever: what AceData's applications call used.

import type { ServiceName } from '../../domain/service.ts';
import type { Account } from '../../ports/accounts.ts';
import { type Usage, UsageError } from '../../ports/usage.ts';
import type { ApiCatalogue } from '../api-catalogue.ts';

/** undefined while usage has no answer: what else there is to say must not wait for it. */
export type CountUsedCalls = (account: Account, service: ServiceName) => Promise<number | undefined>;

export function createUsedCalls(usage: Pick<Usage, 'totals'>, catalogue: ApiCatalogue): CountUsedCalls {
  return async ({ id }, service) => {
    const apis = catalogue.service(service)?.apis ?? [];
    const actions = [...new Set(apis.map(({ action }) => action))];
    try {
      return (await usage.totals({ account: id, actions })).charged;
    } catch (error) {
      if (error instanceof UsageError) return undefined;
      throw error;
    }
  };
}
