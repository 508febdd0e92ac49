// A pipeline over fakes that a test can steer: one record, one account, a ledger in memory.

import { generateKeyPairSync } from 'node:crypto';
import { ACTIONS } from '../../src/actions/index.ts';
import type { Call } from '../../src/core/call.ts';
import { createPipeline, type PipelineOptions } from '../../src/core/execute.ts';
import { createFingerprints } from '../../src/core/fingerprint.ts';
import { createKeptAnswers } from '../../src/core/kept-answers.ts';
import { NO_VERIFICATIONS } from '../../src/core/no-verifications.ts';
import { createRateLimit } from '../../src/core/rate-limit.ts';
import { createUnwrappedKeys } from '../../src/core/unwrapped-keys.ts';
import type { CalendarDate } from '../../src/domain/calendar-date.ts';
import { SERVICES } from '../../src/domain/service.ts';
import type { SubscriberRecord } from '../../src/domain/subscriber.ts';
import type { Account } from '../../src/ports/accounts.ts';
import type { Attempt, KeptAnswer, Ledger, LoggedCall, Settlement } from '../../src/ports/ledger.ts';
import type { Question } from '../../src/ports/source.ts';

export const NOON_MS = Date.UTC(2026, 10, 21, 4);

export function account(changes: Partial<Account> = {}): Account {
  return {
    id: 1,
    accountId: '100000000001',
    name: 'test',
    state: 'active',
    sandbox: false,
    services: new Set(SERVICES),
    ratePerSecond: undefined,
    dailyLimit: undefined,
    caps: undefined,
    kmsGrant: true,
    ...changes,
  };
}

export function record(changes: Partial<SubscriberRecord> = {}): SubscriberRecord {
  return {
    status: 'normal',
    activatedOn: 18_000 as CalendarDate,
    carrier: 'mobile',
    asOf: 20_700 as CalendarDate,
    nameMatches: true,
    idCardMatches: true,
    ...changes,
  };
}

interface Bench {
  /** A call that a protocol made. */
  readonly run: ReturnType<typeof createPipeline>;
  readonly execute: (
    action: string,
    input: Record<string, unknown>,
    changes?: Partial<Call>,
  ) => ReturnType<ReturnType<typeof createPipeline>>;
  readonly attempts: Attempt[];
  readonly logged: LoggedCall[];
  readonly questions: Question[];
}

interface Steering {
  readonly answer?: SubscriberRecord | undefined | (() => SubscriberRecord | undefined | Promise<never>);
  readonly account?: Account;
  readonly settle?: (attempt: Attempt) => Settlement;
  readonly funds?: boolean;
  readonly options?: Partial<PipelineOptions>;
}

export function pipelineBench(steering: Steering = {}): Bench {
  const attempts: Attempt[] = [];
  const logged: LoggedCall[] = [];
  const questions: Question[] = [];
  const kept = new Map<string, KeptAnswer>();
  const { privateKey } = generateKeyPairSync('ed25519');
  const never = (): never => {
    throw new Error('not expected in this test');
  };
  const vault = { createKey: never, describeKey: never, listKeys: never, encrypt: never, decrypt: never };
  const random = {
    bytes: (length: number) => Buffer.alloc(length),
    uuid: () => '00000000-0000-4000-8000-000000000000',
  };
  const ledger: Ledger = {
    async settle(attempt) {
      attempts.push(attempt);
      if (attempt.keep !== undefined) kept.set(Buffer.from(attempt.keep.name).toString('hex'), attempt.keep);
      if (steering.settle !== undefined) return steering.settle(attempt);
      return {
        kind: 'recorded',
        seq: attempts.length,
        outcome: attempt.outcome,
        charged: attempt.billable,
        paidBy: 'quota',
        chargedMinor: 0,
      };
    },
    mayLackFunds: () => steering.funds !== undefined,
    hasFunds: async () => steering.funds ?? true,
    logCall: (call) => void logged.push(call),
    findKept: async (name) => kept.get(Buffer.from(name).toString('hex')),
  };
  const execute = createPipeline({
    actions: ACTIONS,
    clock: { nowMs: () => NOON_MS, sleep: async () => {} },
    random,
    source: {
      name: 'registry',
      ask(question) {
        questions.push(question);
        return typeof steering.answer === 'function' ? steering.answer() : steering.answer;
      },
    },
    ranges: {
      find: (msisdn) =>
        msisdn.startsWith('+86161') ? undefined : { prefix: '+86', holder: '', actions: [] },
    },
    rehearsal: { rehearse: () => undefined },
    vault,
    pairs: { rsaPrivateKey: privateKey, rsaPublicPem: '', sm2PrivateHex: '', sm2PublicPem: '' },
    unwrapped: createUnwrappedKeys({ max: 10, keptMs: 1000, hashKey: Buffer.alloc(32, 3) }),
    ledger,
    keptAnswers: createKeptAnswers({
      ledger,
      random,
      sealKey: Buffer.alloc(32, 4),
      lookupKey: Buffer.alloc(32, 5),
      keptMs: 1000,
      sandboxMax: 2,
    }),
    fingerprints: createFingerprints(Buffer.alloc(32, 1), Buffer.alloc(32, 2)),
    rateLimit: createRateLimit(1000),
    rules: { region: 'CN', tenureMonths: [0, 3, 6, 12, 24], coverage: 'partial', timeZone: 'Asia/Shanghai' },
    verifications: NO_VERIFICATIONS,
    onSourceFailure: () => {},
    timeZone: 'Asia/Shanghai',
    prices: () => ({ 'line-status': 20, 'identity-match': 50, 'identity-match-detailed': 80 }),
    ratePerSecond: 20,
    sandboxRatePerSecond: 30,
    dailyLimit: 500,
    ...steering.options,
  });
  return {
    run: execute,
    attempts,
    logged,
    questions,
    execute: (name, input, changes = {}) => {
      const action = ACTIONS.find((candidate) => candidate.name === name);
      if (action === undefined) throw new Error(`no action ${name}`);
      return execute({
        requestId: '11111111-1111-4111-8111-111111111111',
        receivedAtMs: NOON_MS,
        protocol: {
          name: 'test',
          resultCode: (_action, outcome) =>
            name.startsWith('identity-match-') && outcome === 'daily_limit' ? undefined : outcome,
        },
        language: 'en',
        key: {
          id: 7,
          secretId: 'id',
          secretKey: 'key',
          account: steering.account ?? account(),
          restriction: undefined,
        },
        action,
        input,
        unknown: [],
        sealed: undefined,
        ...changes,
      });
    },
  };
}
