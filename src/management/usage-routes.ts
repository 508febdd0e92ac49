// The calls about usage, for the table of management calls.

import { createApiSample } from './api-sample.ts';
import { createLedgerEntryRoutes } from './ledger-entry.ts';
import { createOutcomeRoutes } from './outcome-routes.ts';
import type { RouteDefinition } from './route.ts';
import { createUsageAggregate } from './usage-aggregate.ts';
import { createUsageBreakdown } from './usage-breakdown.ts';
import { createUsageExport } from './usage-export.ts';
import { createUsageList } from './usage-list.ts';
import type { UsageRouteOptions } from './usage-options.ts';

export function createUsageRoutes(options: UsageRouteOptions): RouteDefinition[] {
  return [
    createUsageList(options),
    createUsageAggregate(options),
    createUsageBreakdown(options),
    createUsageExport(options),
    ...createLedgerEntryRoutes(options),
    ...createOutcomeRoutes(),
    createApiSample(options),
  ];
}
