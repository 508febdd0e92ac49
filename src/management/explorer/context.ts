// What the Explorer's calls work with; app/ puts it together from the protocols.

import type { Bilingual } from '../../core/action.ts';
import type { Diagnosis, FailingRequest, KeyFound, StoredFailure } from '../../domain/diagnosis.ts';
import type { Msisdn } from '../../domain/msisdn.ts';
import type { AccountDesk } from '../../ports/account-desk.ts';
import type { ApiKey } from '../../ports/accounts.ts';
import type { Settlement } from '../../ports/ledger.ts';
import type { Throttle } from '../people/throttle.ts';

export interface ExplorerField {
  readonly name: string;
  /** Where it goes, unless into the body. */
  readonly place?: 'path' | 'header';
  readonly type: 'string' | 'integer' | 'boolean' | 'list' | 'struct';
  readonly required: boolean;
  /** Never logged or stored in the clear. */
  readonly personal: boolean;
  /** May it be sent encrypted? */
  readonly encryptable: boolean;
  /** Says how other fields are encrypted; not sent where none is. */
  readonly seals?: true;
  readonly title: Bilingual;
  readonly example?: unknown;
  readonly choices?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly max_length?: number;
  readonly fields?: readonly ExplorerField[];
}

export interface ExplorerError {
  readonly code: string;
  /** Our own name of the fault. */
  readonly fault: string;
  readonly message: Bilingual;
  readonly advice: Bilingual;
  readonly blame: string;
  readonly retryable: boolean;
}

export interface ExplorerAction {
  readonly protocol: string;
  /** On the wire, e.g. 'MobileStatus', 'check-1e'. */
  readonly action: string;
  readonly own_name: string;
  readonly service: string;
  readonly product: string;
  readonly version: string;
  /** The vendor's; here any host name that reaches the server. */
  readonly host: string;
  readonly method: 'POST';
  /** With the names of fields in braces, where it has such. */
  readonly path: string;
  readonly title: Bilingual;
  /** Others than its title has, that people look for it by. */
  readonly words: readonly string[];
  readonly encryption: 'struct' | 'flat' | 'none';
  readonly fields: readonly ExplorerField[];
  readonly output: readonly ExplorerField[];
  readonly results: readonly {
    readonly outcome: string;
    /** null: shown as an error. */
    readonly result: string | null;
    readonly charged: boolean;
    readonly description: Bilingual;
  }[];
  /** Beside those that every action of the protocol can answer. */
  readonly errors: readonly ExplorerError[];
  readonly examples: readonly {
    readonly title: Bilingual;
    readonly input: Readonly<Record<string, unknown>>;
    /** What a sandbox key gets, where the sandbox plays the action. */
    readonly answer: Readonly<Record<string, unknown>> | null;
  }[];
  readonly daily_limited: readonly string[];
  readonly rate_per_second: number;
}

export interface ExplorerTable {
  readonly actions: readonly ExplorerAction[];
  /** By protocol: what every action can answer. */
  readonly errors: Readonly<Record<string, readonly ExplorerError[]>>;
  /** By protocol: what every action takes beside its fields; {action} and {version} stand for its own. */
  readonly common: Readonly<Record<string, readonly ExplorerField[]>>;
  readonly daily_limit: number;
}

/** A documented input of the sandbox, with what it plays. */
export interface SandboxInput {
  /** Stands for the input in an address. */
  readonly name: string;
  readonly section: 'examples' | 'lines' | 'results' | 'deliveries' | 'faults' | 'delays';
  /** By the names of the wire. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly meaning: Bilingual;
  readonly delay_ms: number;
  readonly outcome: string | null;
  readonly fault: string | null;
  /** Result code or error code; null where the action has no result codes. */
  readonly result: string | null;
  readonly description: Bilingual | null;
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly delivery: readonly { readonly from_ms: number; readonly state: string; readonly reason: string }[];
}

export interface ExplorerCall {
  readonly key: ApiKey;
  readonly protocol: string;
  /** On the wire. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly language: 'en-US' | 'zh-CN' | undefined;
  /** Shown, and signed as the host; nobody connects to it. */
  readonly endpoint: URL;
  /** Of the visitor. */
  readonly address: string;
}

export interface ExplorerExchange {
  readonly requestId: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Without anything that signs. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly durationMs: number;
  /** Of the ledger; undefined where it has no entry of the call. */
  readonly settlement: Settlement | undefined;
}

export interface ExplorerContext {
  readonly desk: AccountDesk;
  readonly throttle: Pick<Throttle, 'take'>;
  readonly table: () => Promise<ExplorerTable>;
  /** undefined where the protocol has no such action. */
  sandboxInputs(protocol: string, action: string): Promise<readonly SandboxInput[]> | undefined;
  /** 'sealed': it may be encrypted. undefined: the input names no number. */
  readAskedNumber(
    protocol: string,
    action: string,
    input: Readonly<Record<string, unknown>>,
  ): Msisdn | 'sealed' | undefined;
  /** An enabled key that has not expired. */
  findKey(secretId: string): ApiKey | undefined;
  /** undefined where the protocol has no such action. */
  call(call: ExplorerCall): Promise<ExplorerExchange> | undefined;
  diagnose(request: FailingRequest, key: ApiKey | KeyFound, nowMs: number): Diagnosis;
  /** SecretId that the request names; undefined where it names none. */
  claimedSecretId(request: FailingRequest): string | undefined;
  /** Of these accounts, or of all; newest first. */
  failures(accountIds: readonly string[] | undefined): readonly StoredFailure[];
  /** Of the account's own and of its sandbox account. */
  readonly accountsOf: (accountId: string) => readonly string[];
}
