// Rows: what an operator does across accounts. Each act is in the audit log under the name of the operator's token.

import type { Jobs } from '../ports/jobs.ts';
import type { PeopleStore, StoredPerson } from '../ports/people.ts';
import type { RangeDesk } from '../ports/range-desk.ts';
import type { RegistryUploads } from '../ports/registry-uploads.ts';
import type { SubscriberLookup } from '../ports/subscriber-store.ts';
import type { AccountsContext } from './accounts/context.ts';
import { createOperatorAccountRoutes } from './operator-accounts.ts';
import { createOperatorAuditRoutes } from './operator-audit.ts';
import { type BackupShelf, createOperatorBackupRoutes } from './operator-backups.ts';
import { createOperatorCredentialRoutes } from './operator-credentials.ts';
import { createOperatorJobRoutes } from './operator-jobs.ts';
import { createOperatorLedgerRoutes, type LedgerShelf } from './operator-ledger.ts';
import { createOperatorLookUpRoutes } from './operator-look-up.ts';
import { createOperatorMessageRoutes, type MessagesWatch } from './operator-messages.ts';
import { createOperatorMoneyRoutes } from './operator-money.ts';
import { createOperatorPeopleRoutes } from './operator-people.ts';
import { createOperatorRangeRoutes } from './operator-ranges.ts';
import { createOperatorRegistryRoutes } from './operator-registry.ts';
import { createRegistryImportRoutes } from './operator-registry-import.ts';
import { createOperatorSessionRoutes } from './operator-session.ts';
import { createOperatorSourceRoutes, type SourceWatch } from './operator-sources.ts';
import { createOperatorTokenRoutes } from './operator-tokens.ts';
import type { RouteDefinition } from './route.ts';

export interface OperatorContext extends AccountsContext {
  readonly lookup: SubscriberLookup;
  readonly ranges: RangeDesk;
  /** Of a list of ranges that is imported. */
  readonly rangesMaxBytes: number;
  readonly people: PeopleStore;
  /** By mail. */
  readonly tellTotpRemoved: (person: StoredPerson) => void;
  readonly messages: MessagesWatch;
  readonly jobs: Jobs;
  readonly ledger: LedgerShelf;
  readonly backups: BackupShelf;
  readonly sources: readonly SourceWatch[];
  readonly uploads: RegistryUploads;
  readonly nowMs: () => number;
  /** Of numbers without a country code. */
  readonly region: string;
  /** To every visitor. */
  readonly told: { readonly currency: string; readonly supportContact: string; readonly timeZone: string };
}

export function createOperatorRoutes(context: OperatorContext): RouteDefinition[] {
  return [
    ...createOperatorSessionRoutes(context),
    ...createOperatorTokenRoutes(context),
    ...createOperatorAccountRoutes(context),
    ...createOperatorCredentialRoutes(context),
    ...createOperatorPeopleRoutes(context),
    ...createOperatorMoneyRoutes(context),
    ...createOperatorLookUpRoutes(context),
    ...createOperatorRangeRoutes(context),
    ...createOperatorRegistryRoutes(context),
    ...createOperatorLedgerRoutes(context),
    ...createOperatorBackupRoutes(context),
    ...createOperatorSourceRoutes(context),
    ...createRegistryImportRoutes(context),
    ...createOperatorJobRoutes(context),
    ...createOperatorMessageRoutes(context),
    ...createOperatorAuditRoutes(context),
  ];
}
