// What the reference pages and the Explorer need to know of a protocol: the names, codes and texts on its wire, read from its tables.

import type { TObject } from 'typebox';
import type { EncryptionField } from '../actions/encryption-fields.ts';
import type { ActionDefinition, Bilingual } from '../core/action.ts';
import type { CommonParameter } from '../core/common-parameter.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import type { FaultCode, FaultDetail } from '../domain/fault.ts';
import type { OutcomeCode } from '../domain/outcome.ts';
import type { ExplorerField } from '../management/explorer/context.ts';

export interface WireAction {
  readonly name: string;
  readonly product: string;
  /** The path, where each action has one of its own. */
  readonly version: string;
  /** Our own action. */
  readonly action: ActionDefinition;
  readonly encryption: 'struct' | 'flat' | 'none';
  /** What says how its fields are encrypted, by our names, in the struct or beside the fields; none unless given. */
  readonly encryptionFields?: readonly EncryptionField[];
  fieldName(field: string): string;
  /** That it takes beside its fields. */
  readonly headers?: readonly ExplorerField[];
  /** Of its answer, where that has other members than the action's output. */
  readonly answer?: TObject;
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

/** One-time codes: each of them concerns all actions about contacts, which the sandbox can make answer with any of them. */
const OF_CODES = /^(?:contacts?_|send_|code_|console_|account_without_sending$)/;

export function concernsAction(fault: FaultCode, ownFaults: readonly FaultCode[]): boolean {
  if (OF_CODES.test(fault)) return ownFaults.some((own) => OF_CODES.test(own));
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
  /** That every action has beside its own; {action} and {version} stand for those of the call. */
  readonly commonParameters?: readonly CommonParameter[];
  /** The vendor's; '' where there is none. */
  hostOf(product: string): string;
  /** Faults of every action; those that no action lists unless given. */
  readonly commonFaults?: readonly FaultCode[];
  /** Where it is another than usual. */
  readonly advice?: Readonly<Partial<Record<FaultCode, Bilingual>>>;
  /** undefined where the action shows an error instead of a result. */
  resultOf(action: ActionDefinition, outcome: OutcomeCode): WireText | undefined;
  /** As an action shows it, or as actions do that have no code of their own for it. */
  errorOf(fault: FaultCode, detail?: FaultDetail, wire?: WireAction): WireText;
  /** The members of the answer, without its envelope and request id. */
  renderAnswer(
    wire: WireAction,
    input: Readonly<Record<string, unknown>>,
    conclusion: Conclusion,
  ): Record<string, unknown>;
}

/** Do its answers tell nothing by a result code? */
export function isBare(view: WireView, { action }: WireAction): boolean {
  const outcomes = Object.keys(action.outcomes) as OutcomeCode[];
  return outcomes.every((outcome) => view.resultOf(action, outcome) === undefined);
}
