// The vocabulary of the sandbox table: which actions it answers, what an answer is, what a row says
// (docs/reference/sandbox.md is generated from it).

import type { FaultCode, FaultDetail } from '../../domain/fault.ts';
import type { OutcomeCode } from '../../domain/outcome.ts';

export const REHEARSED_ACTIONS = [
  'line-status',
  'line-tenure',
  'identity-match',
  'identity-match-mobile',
  'identity-match-telecom',
  'identity-match-unicom',
  'name-match',
] as const;
export type RehearsedAction = (typeof REHEARSED_ACTIONS)[number];

export interface OutcomeAnswer {
  readonly outcome: OutcomeCode;
  readonly output: Readonly<Record<string, unknown>>;
}

export interface FaultAnswer {
  readonly fault: FaultCode;
  readonly detail: FaultDetail;
}

export type Answer = OutcomeAnswer | FaultAnswer;
export type Answers = Readonly<Partial<Record<RehearsedAction, Answer>>>;

/** What an input stands for, in a sentence. */
export interface Meaning {
  readonly en: string;
  readonly zh: string;
}

export interface SandboxRow {
  /** National number as documented; it also matches with +86 or 0086 in front. */
  readonly number: string;
  /** Further fields that must hold one of these values (names compare in normal form); absent = any value. */
  readonly when?: { readonly name?: readonly string[]; readonly idCard?: readonly string[] };
  readonly meaning: Meaning;
  /** Waited before the answer. */
  readonly delayMs?: number;
  /** An action without an entry gives its default answer. */
  readonly answers: Answers;
}

/** Assigned to no carrier, so that no documented number can be somebody's. */
export const RESERVED_RANGE = '169';

export const CARRIER_ACTIONS = {
  'identity-match-mobile': 'mobile',
  'identity-match-telecom': 'telecom',
  'identity-match-unicom': 'unicom',
} as const satisfies Partial<Record<RehearsedAction, string>>;

export function isRehearsed(action: string): action is RehearsedAction {
  return (REHEARSED_ACTIONS as readonly string[]).includes(action);
}

export function outcomeOf(
  outcome: OutcomeCode,
  output: Readonly<Record<string, unknown>> = {},
): OutcomeAnswer {
  return { outcome, output };
}

export function faultOf(fault: FaultCode, detail: FaultDetail = {}): FaultAnswer {
  return { fault, detail };
}

/** The same answer from every action. */
export function fromEveryAction(answer: Answer): Answers {
  return Object.fromEntries(REHEARSED_ACTIONS.map((action) => [action, answer]));
}

/** The same answer from the four actions that compare number, name and ID card. */
export function fromIdentityMatches(answer: Answer): Answers {
  return Object.fromEntries(
    REHEARSED_ACTIONS.filter((action) => action.startsWith('identity-match')).map((action) => [
      action,
      answer,
    ]),
  );
}
