// What the signature doctor is given and what it says: a verdict for each step, never a text that signs.

import type { FaultCode } from './fault.ts';

/** Faults of requests whose owner may wonder what is wrong with the signature. */
export const SIGNING_FAULTS: readonly FaultCode[] = [
  'signature_mismatch',
  'clock_skew',
  'authorization_malformed',
  'token_invalid',
];

/** As somebody pasted it. */
export interface FailingRequest {
  readonly method: string;
  /** A whole address, or a path with its query. */
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** The body may have got a line end, or lost one, on the clipboard; where Content-Length is there, it decides. */
  readonly isPasted?: boolean;
}

export const STEPS = [
  'form',
  'key',
  'token',
  'clock',
  'scope',
  'signed_headers',
  'host',
  'path',
  'query',
  'content_type',
  'region',
  'payload',
  'parameters',
  'algorithm',
  'secret',
  'signature',
] as const;
export type StepName = (typeof STEPS)[number];
export const VERDICTS = ['ok', 'wrong', 'unknown'] as const;

/**
 * Of a key that cannot be tried: as its account's holder is told ('foreign': of another account, or none), and as an operator is
 * ('unknown': none at all).
 */
export type KeyFound = 'disabled' | 'foreign' | 'unknown' | 'revoked';

export interface DiagnosisStep {
  readonly step: StepName;
  readonly verdict: (typeof VERDICTS)[number];
  /** A stable name of what was found, e.g. 'host_without_port'. */
  readonly finding: string;
  readonly message: { readonly en: string; readonly zh: string };
}

export interface Diagnosis {
  readonly method: 'TC3-HMAC-SHA256' | 'HmacSHA1' | 'HmacSHA256' | 'none';
  /** Would the server take the signature, clock and token aside? */
  readonly fits: boolean;
  readonly steps: readonly DiagnosisStep[];
}

/** What is kept of a request that failed: names, lengths, hashes. */
export interface StoredFailure {
  readonly id: string;
  readonly timeMs: number;
  readonly requestId: string;
  readonly accountId: string;
  readonly keyId: number;
  readonly fault: string;
  readonly method: string;
  readonly path: string;
  /** `value` only of headers that hold nothing personal, never Authorization. */
  readonly headers: readonly {
    readonly name: string;
    readonly length: number;
    readonly value: string | null;
  }[];
  readonly queryFields: readonly { readonly name: string; readonly length: number }[];
  readonly bodyLength: number;
  /** In hex. */
  readonly bodySha256: string;
  readonly bodyFields: readonly { readonly name: string; readonly length: number }[];
  /** null where the server had other things to do than to look for the reason. */
  readonly diagnosis: Diagnosis | null;
}
