// The action table's row type. One row defines an action for validation, reference pages, prices, redaction,
// metrics and every protocol; protocols only map it to their wire.

import type { TObject } from 'typebox';
import type { CalendarDate } from '../domain/calendar-date.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import type { FaultCode } from '../domain/fault.ts';
import type { OutcomeCode } from '../domain/outcome.ts';
import type { ActionService } from '../domain/service.ts';
import type { Account } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyVault } from '../ports/key-vault.ts';
import type { Random } from '../ports/random.ts';
import type { NumberRanges, Source } from '../ports/source.ts';
import type { Asker, Verifications } from '../ports/verifications.ts';

export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** What a run function may use. */
export interface ActionContext {
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly source: Source;
  readonly ranges: NumberRanges;
  readonly vault: KeyVault;
  readonly verifications: Verifications;
  /** Who asks, where a code is asked for. */
  readonly asker: () => Asker;
  /** Calendar date of the request in the configured zone. */
  readonly today: CalendarDate;
  readonly rules: VerificationRules;
}

/** Options that change what a record answers. */
export interface VerificationRules {
  /** Region of numbers without a country code, e.g. 'CN'. */
  readonly region: string;
  /** Lower bounds of the tenure bands in months, ascending from 0. */
  readonly tenureMonths: readonly number[];
  /** 'complete': a number without a record does not exist, for its tenure; 'partial': nothing is known of it. */
  readonly coverage: 'partial' | 'complete';
  /** IANA name; of times that are shown. */
  readonly timeZone: string;
}

export interface ActionDefinition {
  /** Our own name, e.g. 'line-status'. */
  readonly name: string;
  readonly service: ActionService;
  readonly summary: Bilingual;
  /** Others than the summary has, that people look for it by. */
  readonly words?: readonly string[];
  /** TypeBox object; `sensitive: true` on a property keeps its value out of logs and stores. */
  readonly input: TObject;
  readonly output: TObject;
  /** Every outcome the action can reach, and whether it is charged. */
  readonly outcomes: Readonly<Partial<Record<OutcomeCode, { readonly charged: boolean }>>>;
  /** Asked again it would find something else: its answer is kept under an idempotency key, though it is free. */
  readonly usesUp?: true;
  /** Faults beyond the ones every action can meet. */
  readonly faults: readonly FaultCode[];
  /** Input fields that callers may encrypt. */
  readonly encryptable: readonly string[];
  /** Input fields whose values have a daily limit, with the protocol-neutral field name. */
  readonly limited: readonly string[];
  /** Calls a second that the vendor documents for this action, where they are more than usual. */
  readonly ratePerSecond?: number;
  /** The field that the ledger's keyed subject hash is made of; undefined for platform actions. */
  readonly subject: string | undefined;
  /** Key of the price list; prices may depend on the input (a detailed comparison costs more). */
  readonly priceKey: (input: Readonly<Record<string, unknown>>) => string;
  readonly examples: readonly {
    readonly title: Bilingual;
    readonly input: Readonly<Record<string, unknown>>;
  }[];
  /**
   * Checks the business format of the input (never throws for a malformed number, name or ID: that is an outcome) and
   * returns either a conclusion that needs no source, or the normalised values of the limited fields.
   */
  readonly prepare: (input: Readonly<Record<string, unknown>>, context: ActionContext) => Prepared;
}

/** A source must be asked. */
export interface Question {
  readonly kind: 'question';
  /** Normalised values by field, for limits and the subject hash. */
  readonly values: Readonly<Record<string, string>>;
  readonly ask: () => Conclusion | Promise<Conclusion>;
  /** After `ask` concluded: is the call recorded, or was it refused in the end? */
  readonly settled?: (isRecorded: boolean) => void;
  /** After `ask` concluded: resolves when what it concluded is on disk. The answer waits for it as it does for its entry. */
  readonly kept?: () => Promise<void>;
}

export type Prepared =
  /** No source is needed: malformed input, unsupported range, platform actions. */
  { readonly kind: 'concluded'; readonly conclusion: Conclusion | Promise<Conclusion> } | Question;

export function defineAction<const T extends ActionDefinition>(definition: T): T {
  return definition;
}
