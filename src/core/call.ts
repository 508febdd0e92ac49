// One authenticated call on its way through the pipeline.

import type { Language } from '../domain/language.ts';
import type { OutcomeCode } from '../domain/outcome.ts';
import type { ApiKey } from '../ports/accounts.ts';
import type { ActionDefinition } from './action.ts';

export type { Language };

/** Encrypted fields as a protocol delivers them. */
export interface SealedFields {
  /** Domain field names in EncryptList order; undefined where the wire name is no field of the action. */
  readonly fields: readonly (string | undefined)[];
  readonly wrappedKey: string;
  readonly iv: string | null;
  readonly algorithm: string;
  /** SM4-GCM tags in the order of fields. */
  readonly tags: readonly string[];
}

export interface Call {
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly protocol: ProtocolFace;
  readonly language: Language;
  readonly key: ApiKey;
  readonly action: ActionDefinition;
  /** Values by domain field name, not yet validated. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Wire names that the action does not declare. */
  readonly unknown: readonly string[];
  readonly sealed: SealedFields | undefined;
  /** undefined where the call is to be answered anew however often it is made. */
  readonly idempotency?: Idempotency | undefined;
  /** Of the caller; undefined where nobody knows. */
  readonly address?: (() => string) | undefined;
}

/** A question that is charged once. */
export interface Idempotency {
  /** The caller's name for it. */
  readonly key: string;
  /** All of what was asked: under one key always the same. */
  readonly question: Uint8Array;
}

/** What the core must know of the protocol that a call came through. */
export interface ProtocolFace {
  readonly name: string;
  /** The protocol's result code for an outcome; undefined where the protocol has none and a fault must be shown. */
  resultCode(action: string, outcome: OutcomeCode): string | undefined;
}
