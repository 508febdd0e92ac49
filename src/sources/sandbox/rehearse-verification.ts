// Verifications in the sandbox: one code that is always right, kept in memory by account, so that a whole flow can be tried out
// with nothing sent and nothing of the live store touched. The numbers of the fault table play their faults here too.

import type { Conclusion } from '../../domain/conclusion.ts';
import { type Contact, maskContact } from '../../domain/contact.ts';
import { Fault, type FaultCode } from '../../domain/fault.ts';
import { normaliseCode } from '../../domain/one-time-code.ts';
import { readVerificationRequest } from '../../domain/verification-request.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { CodeState, Verification, Verifications } from '../../ports/verifications.ts';
import { FAULT_ROWS } from './table-faults.ts';

export const REHEARSED_VERIFICATIONS = ['verification-start', 'verification-check'] as const;

const SANDBOX_CODE = '123456';

export interface VerificationRehearsalOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
  /** Region of numbers without a country code. */
  readonly region: string;
  /** Verifications that are remembered; the oldest goes first. */
  readonly keptMax: number;
}

/** What of a sandbox account's verifications can be looked at. */
export type SandboxShelf = Pick<
  Verifications,
  'find' | 'list' | 'refusals' | 'refusalSums' | 'settings' | 'templates'
>;

export interface VerificationRehearsal extends SandboxShelf {
  /** undefined for actions that are not about verifications. Throws the documented Fault. */
  rehearse(action: string, input: Readonly<Record<string, unknown>>, account: number): Conclusion | undefined;
}

interface Kept {
  readonly account: number;
  readonly verification: Verification;
  readonly fault: FaultCode | undefined;
  readonly wrong: number;
}

const LIFETIME_MS = 300_000;
const RESEND_MS = 30_000;
const ATTEMPTS_MAX = 5;
const OF_CHECKS: ReadonlySet<FaultCode> = new Set(['code_wrong', 'code_unusable']);

export function createVerificationRehearsal(options: VerificationRehearsalOptions): VerificationRehearsal {
  const { clock, random, region, keptMax } = options;
  const kept = new Map<string, Kept>();

  function put(id: string, one: Kept): void {
    kept.set(id, one);
    const [oldest] = kept.size > keptMax ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
  }

  function start(input: Readonly<Record<string, unknown>>, account: number): Conclusion {
    const { contact, purpose } = readVerificationRequest(input, region);
    const fault = faultOf(contact);
    if (fault !== undefined && !OF_CHECKS.has(fault)) throw new Fault(fault, { retryAfterMs: RESEND_MS });
    const id = random.uuid();
    const nowMs = clock.nowMs();
    const { kind } = contact;
    const verification: Verification = {
      ...{ id, purpose, kind, maskedTo: maskContact(kind, contact.to) },
      ...{ codeState: 'pending', deliveryState: 'delivered', channel: 'sandbox', reason: '', resent: false },
      ...{ createdMs: nowMs, expiresMs: nowMs + LIFETIME_MS, changedMs: nowMs },
    };
    put(id, { account, verification, fault, wrong: 0 });
    return concluded('code_sent', {
      ...{ id, to: verification.maskedTo, kind, purpose },
      expiresAt: new Date(verification.expiresMs).toISOString(),
      resendAt: new Date(nowMs + RESEND_MS).toISOString(),
    });
  }

  function check(input: Readonly<Record<string, unknown>>, account: number): Conclusion {
    const id = String(input.id);
    const one = kept.get(id);
    if (one === undefined || one.account !== account) throw new Fault('resource_not_found');
    const { verification, fault } = one;
    const nowMs = clock.nowMs();
    if (fault !== undefined) throw new Fault(fault);
    if (verification.codeState !== 'pending' || verification.expiresMs <= nowMs)
      throw new Fault('code_unusable');
    const change = (codeState: CodeState, wrong: number) =>
      put(id, { ...one, wrong, verification: { ...verification, codeState, changedMs: nowMs } });
    if (normaliseCode(String(input.code)) === SANDBOX_CODE) {
      change('verified', one.wrong);
      return concluded('code_verified', { id });
    }
    const wrong = one.wrong + 1;
    change(wrong >= ATTEMPTS_MAX ? 'exhausted' : 'pending', wrong);
    throw new Fault('code_wrong');
  }

  const of = (account: number) =>
    [...kept.values()].filter((one) => one.account === account).map(({ verification }) => verification);

  return {
    rehearse(action, input, account) {
      if (action === 'verification-start') return start(input, account);
      return action === 'verification-check' ? check(input, account) : undefined;
    },
    find: async (account, id) => of(account).find((one) => one.id === id),
    async list(account, { offset, limit }) {
      const all = of(account).reverse();
      return { total: all.length, verifications: all.slice(offset, offset + limit) };
    },
    refusals: async () => ({ refusals: [], total: 0 }),
    refusalSums: async () => [],
    settings: async () => ({ name: '', template: '', webhookUrl: '', hasWebhookSecret: false }),
    templates: async () => [],
  };
}

function concluded(outcome: Conclusion['outcome'], output: Conclusion['output']): Conclusion {
  return { outcome, output, source: 'sandbox', asOf: undefined };
}

/** By the last digits of a number of the sandbox's own block. */
function faultOf({ kind, key }: Contact): FaultCode | undefined {
  if (kind !== 'phone') return undefined;
  const national = key.replace(/^\+86/, '');
  const answer = FAULT_ROWS.find(({ number }) => number === national)?.answers['line-status'];
  return answer !== undefined && 'fault' in answer ? answer.fault : undefined;
}
