// What the serving thread and the usage thread say to each other.

import type { EntryScope, LedgerFormat, LedgerNames, LedgerPeriod } from '../../../ports/ledger-view.ts';
import type { UsageCallFilter, UsageDayFilter, UsageProblem } from '../../../ports/usage.ts';
import type { LedgerSetup } from './answer-ledger.ts';
import type { PageRequest } from './answer-list.ts';
import type { LatencyRow } from './latency-book.ts';
import type { ProjectorOptions } from './project.ts';
import type { CsvShape } from './write-csv.ts';

export interface UsageSetup {
  readonly usagePath: string;
  readonly projector: ProjectorOptions;
  readonly csv: CsvShape;
  readonly ledger: LedgerSetup;
}

export type Question =
  | { readonly kind: 'list'; readonly filter: UsageCallFilter; readonly page: PageRequest }
  | { readonly kind: 'days'; readonly filter: UsageDayFilter }
  | {
      readonly kind: 'zone-days';
      readonly filter: UsageDayFilter & Required<Pick<UsageDayFilter, 'fromDay' | 'toDay'>>;
      readonly timeZone: string;
    }
  | { readonly kind: 'totals'; readonly filter: UsageDayFilter }
  | { readonly kind: 'breakdown'; readonly filter: UsageDayFilter; readonly sandbox: boolean }
  | { readonly kind: 'last-uses'; readonly keys: readonly number[] }
  | { readonly kind: 'csv'; readonly filter: UsageCallFilter }
  | EntryQuestion
  | LedgerStateQuestion
  | FundsLeftQuestion
  | LedgerExportQuestion;

export interface EntryQuestion {
  readonly kind: 'entry' | 'proof';
  readonly scope: EntryScope;
  readonly seq: number;
}

export interface LedgerStateQuestion {
  readonly kind: 'ledger-state';
}

export interface FundsLeftQuestion {
  readonly kind: 'funds-left';
}

export interface LedgerExportQuestion {
  readonly kind: 'ledger';
  readonly period: LedgerPeriod;
  readonly format: LedgerFormat;
  readonly names: LedgerNames;
}

export type ToUsageThread =
  | { readonly kind: 'project'; readonly nowMs: number }
  | { readonly kind: 'latencies'; readonly nowMs: number; readonly rows: readonly LatencyRow[] }
  | { readonly kind: 'ask'; readonly id: number; readonly nowMs: number; readonly question: Question }
  /** The next piece of a CSV, which waits until it is asked for. */
  | { readonly kind: 'next'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };

export type FromUsageThread =
  | { readonly kind: 'projected' }
  /** `value` is the answer, or a piece of CSV; undefined after the last piece. */
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly problem: UsageProblem;
      readonly message: string;
      readonly availableFromMs: number | undefined;
    }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };
