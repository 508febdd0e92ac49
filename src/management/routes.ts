// The whole table of management calls, in the order of its reference page.

import type { AccountsContext } from './accounts/context.ts';
import { createApplicationRoutes } from './application-routes.ts';
import { createBalanceRoutes } from './balance-routes.ts';
import { createCatalogueRoutes } from './catalogue-routes.ts';
import { createCredentialRoutes } from './credential-routes.ts';
import type { ExplorerContext } from './explorer/context.ts';
import { createExplorerRoutes } from './explorer-routes.ts';
import { createExplorerSandboxRoute } from './explorer-sandbox.ts';
import { createMessageSettingsRoutes } from './message-settings-routes.ts';
import { createOperatorRoutes, type OperatorContext } from './operator-routes.ts';
import { createOutboxRoutes } from './outbox-routes.ts';
import { createReceiptRoutes } from './receipt-routes.ts';
import type { RouteDefinition } from './route.ts';
import { createTemplateRoutes } from './template-routes.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { createUsageRoutes } from './usage-routes.ts';
import { createVerificationReports } from './verification-reports.ts';
import { createVerificationRoutes } from './verification-routes.ts';
import type { VerificationsContext } from './verifications/context.ts';

export interface ManagementTableOptions {
  readonly accounts: AccountsContext;
  readonly usage: UsageRouteOptions;
  readonly explorer: Omit<ExplorerContext, 'desk'>;
  /** Of registration, sessions and tokens. */
  readonly people: readonly RouteDefinition[];
  readonly verifications: VerificationsContext;
  /** What only operators reach. */
  readonly operator: Omit<OperatorContext, keyof AccountsContext>;
}

export function createManagementTable(options: ManagementTableOptions): RouteDefinition[] {
  const { accounts, usage, explorer, people, verifications, operator } = options;
  return [
    ...createCatalogueRoutes(accounts),
    ...createExplorerRoutes({
      ...explorer,
      desk: accounts.desk,
      actions: accounts.actions,
      timeZone: usage.timeZone,
    }),
    createExplorerSandboxRoute(explorer),
    ...people,
    ...createApplicationRoutes(accounts),
    ...createCredentialRoutes(accounts),
    ...createBalanceRoutes(accounts),
    ...createUsageRoutes(usage),
    ...createVerificationRoutes(verifications),
    ...createVerificationReports(verifications),
    ...createMessageSettingsRoutes(verifications),
    ...createTemplateRoutes(verifications),
    ...createOutboxRoutes(verifications),
    ...createReceiptRoutes(verifications),
    ...createOperatorRoutes({ ...accounts, ...operator }),
  ];
}
