// Rows: what an operator does across accounts. Each act is in the audit log under the name of the operator's token.

import type { PeopleStore } from '../ports/people.ts';
import type { SubscriberLookup } from '../ports/subscriber-store.ts';
import type { AccountsContext } from './accounts/context.ts';
import { createOperatorAccountRoutes } from './operator-accounts.ts';
import { createOperatorAuditRoutes } from './operator-audit.ts';
import { createOperatorLookUpRoutes } from './operator-look-up.ts';
import { createOperatorMoneyRoutes } from './operator-money.ts';
import type { RouteDefinition } from './route.ts';

export interface OperatorContext extends AccountsContext {
  readonly lookup: SubscriberLookup;
  readonly people: PeopleStore;
  /** Of numbers without a country code. */
  readonly region: string;
}

export function createOperatorRoutes(context: OperatorContext): RouteDefinition[] {
  return [
    ...createOperatorAccountRoutes(context),
    ...createOperatorMoneyRoutes(context),
    ...createOperatorLookUpRoutes(context),
    ...createOperatorAuditRoutes(context),
  ];
}
