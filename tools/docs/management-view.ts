// The table of management calls as the server makes it, over rooms that nobody enters: pages read the rows and run none.

import { ACTIONS } from '../../src/actions/index.ts';
import { JOB_KINDS } from '../../src/app/jobs/kinds.ts';
import { WIRE_APIS } from '../../src/app/usage.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { createApiCatalogue } from '../../src/management/api-catalogue.ts';
import { createPeopleRoutes } from '../../src/management/people-routes.ts';
import type { RouteDefinition } from '../../src/management/route.ts';
import { createManagementTable } from '../../src/management/routes.ts';
import type { AccountDesk } from '../../src/ports/account-desk.ts';
import type { Jobs } from '../../src/ports/jobs.ts';
import type { RangeDesk } from '../../src/ports/range-desk.ts';

/** Whatever is asked of it can be named and not be called. */
function closed<T extends object>(known: Partial<T> = {}): T {
  const refuse = (): never => {
    throw new Error('a reference page runs no call');
  };
  return new Proxy(known as T, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : refuse),
  });
}

export function readManagementTable(): readonly RouteDefinition[] {
  const catalogue = createApiCatalogue(ACTIONS, WIRE_APIS);
  return createManagementTable({
    accounts: {
      desk: closed<AccountDesk>({ prices: () => OPTIONS.prices.default }),
      ...{ catalogue, actions: ACTIONS, freeQuota: OPTIONS.freeQuota.default },
      ...{ usedCalls: async () => undefined, lastUses: async () => undefined },
      ...{ definitionOf: () => undefined },
    },
    usage: {
      ...{ usage: closed(), ledger: closed(), jobs: closed(), noteAct: async () => {}, names: closed() },
      ...{ catalogue, timeZone: OPTIONS.timeZone.default },
    },
    explorer: closed(),
    people: createPeopleRoutes(closed()),
    verifications: closed(),
    operator: {
      ...{ lookup: closed(), people: closed(), messages: closed(), tellTotpRemoved: () => {} },
      ...{ ledger: closed(), backups: closed(), sources: [] },
      uploads: closed(),
      jobs: closed<Jobs>({ kinds: JOB_KINDS.map(({ kind }) => kind) }),
      ...{ region: OPTIONS.region.default, nowMs: () => 0 },
      ...{
        ranges: closed<RangeDesk>({ actions: [] }),
        rangesMaxBytes: OPTIONS.managementRangesMaxBytes.default,
      },
      told: {
        currency: OPTIONS.currency.default,
        supportContact: OPTIONS.supportContact.default,
        timeZone: OPTIONS.timeZone.default,
      },
    },
  });
}
