// What the reference pages and the Explorer need to know of a protocol: the names, codes and texts on its wire, read from its tables.

import type { ActionDefinition } from '../core/action.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import type { FaultCode, FaultDetail } from '../domain/fault.ts';
import type { OutcomeCode } from '../domain/outcome.ts';

export interface WireAction {
  readonly name: string;
  readonly product: string;
  readonly version: string;
  /** Our own action. */
  readonly action: ActionDefinition;
  readonly encryption: 'struct' | 'flat' | 'none';
  fieldName(field: string): string;
}

/** An action that exists at the vendor and not here. */
export interface MissingAction {
  readonly name: string;
  readonly product: string;
  readonly version: string;
  readonly reason: string;
}

export interface WireText {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
}

/** Faults that only the actions which list them can cause; all others concern every action. */
const SPECIFIC =
  /^(?:kms_|decrypt_failed$|encrypt_field_unsupported$|key_grant_missing$|biz_token_expired$|rule_unknown$)/;

export function concernsAction(fault: FaultCode, ownFaults: readonly FaultCode[]): boolean {
  return ownFaults.includes(fault) || !SPECIFIC.test(fault);
}

/** The part of an input that the action declares. */
export function pickInput(
  wire: WireAction,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const declared = wire.action.input.properties;
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(declared, name)));
}

export interface WireView {
  readonly protocol: string;
  readonly actions: readonly WireAction[];
  readonly missing: readonly MissingAction[];
  /** undefined where the action shows an error instead of a result. */
  resultOf(action: ActionDefinition, outcome: OutcomeCode): WireText | undefined;
  errorOf(fault: FaultCode, detail?: FaultDetail): WireText;
  /** The members of the answer, without its envelope and request id. */
  renderAnswer(
    wire: WireAction,
    input: Readonly<Record<string, unknown>>,
    conclusion: Conclusion,
  ): Record<string, unknown>;
}
