// What the calls about usage need of the rest: answers, names of rows, the catalogue.

import type { AccountDesk } from '../ports/account-desk.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { LedgerView } from '../ports/ledger-view.ts';
import type { PublicNames } from '../ports/public-names.ts';
import type { Usage } from '../ports/usage.ts';
import type { ApiCatalogue } from './api-catalogue.ts';

export interface UsageRouteOptions {
  readonly usage: Usage;
  readonly ledger: Pick<LedgerView, 'entry' | 'proof'>;
  /** For the audit log: an operator who looks at calls, or at sums of one account. */
  readonly noteAct: AccountDesk['noteAct'];
  /** For the last verification of the whole ledger. */
  readonly jobs: Pick<Jobs, 'list'>;
  readonly names: PublicNames;
  readonly catalogue: ApiCatalogue;
  /** The ledger's. */
  readonly timeZone: string;
}
