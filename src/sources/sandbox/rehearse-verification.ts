// Verifications in the sandbox, kept in memory by account, so that a whole flow can be tried out with nothing sent and nothing of
// the live store touched. What becomes of a message and a code is what the table of recipients says.

import type { Conclusion } from '../../domain/conclusion.ts';
import { type Contact, maskContact } from '../../domain/contact.ts';
import { Fault, type FaultCode } from '../../domain/fault.ts';
import { readVerificationRequest } from '../../domain/verification-request.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type {
  CodeState,
  Verification,
  VerificationFilter,
  Verifications,
} from '../../ports/verifications.ts';
import { RECIPIENT_REHEARSAL } from './recipient-rehearsal.ts';
import { contactDetailOf } from './table-faults.ts';

export const REHEARSED_VERIFICATIONS = ['verification-start', 'verification-check'] as const;

export interface VerificationRehearsalOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
  /** Region of numbers without a country code. */
  readonly region: string;
  /** Verifications that are remembered; the oldest goes first. */
  readonly keptMax: number;
}

type Input = Readonly<Record<string, unknown>>;

/** What of a sandbox account's verifications can be looked at. */
type SandboxShelf = Pick<
  Verifications,
  'find' | 'list' | 'refusals' | 'refusalSums' | 'settings' | 'templates'
>;

export interface VerificationRehearsal extends SandboxShelf {
  /** undefined for actions that are not about verifications. Throws the documented Fault. */
  rehearse(action: string, input: Input, account: number): Conclusion | undefined;
}

interface Kept {
  readonly account: number;
  readonly contact: Contact;
  readonly id: string;
  readonly purpose: string;
  readonly codeState: CodeState;
  readonly wrong: number;
  readonly createdMs: number;
  readonly changedMs: number;
}

const LIFETIME_MS = 300_000;
const RESEND_MS = 30_000;
const ATTEMPTS_MAX = 5;

export function createVerificationRehearsal(options: VerificationRehearsalOptions): VerificationRehearsal {
  const { clock, random, region, keptMax } = options;
  const kept = new Map<string, Kept>();
  /** Ids by account, purpose and contact: the code that was sent last. */
  const last = new Map<string, string>();
  const nameOf = ({ account, purpose, contact }: Pick<Kept, 'account' | 'purpose' | 'contact'>): string =>
    `${account}\n${purpose}\n${contact.key}`;

  function put(one: Kept): void {
    kept.set(one.id, one);
    const [oldest] = kept.size > keptMax ? kept.keys() : [];
    if (oldest !== undefined) forget(oldest);
  }

  function forget(id: string): void {
    const one = kept.get(id);
    kept.delete(id);
    if (one !== undefined && last.get(nameOf(one)) === id) last.delete(nameOf(one));
  }

  /** As in the live store: of one recipient and purpose only the last code can be entered. */
  function replaceEarlier(name: string, nowMs: number): void {
    const one = kept.get(last.get(name) ?? '');
    if (one === undefined || one.codeState !== 'pending') return;
    const isOver = one.createdMs + LIFETIME_MS <= nowMs;
    put({ ...one, codeState: isOver ? 'expired' : 'replaced', changedMs: nowMs });
  }

  function start(input: Input, account: number): Conclusion {
    const { contact, purpose } = readVerificationRequest(input, region);
    play(RECIPIENT_REHEARSAL.refuseSend(contact));
    const id = random.uuid();
    const nowMs = clock.nowMs();
    const { kind, to } = contact;
    const state = { codeState: 'pending', wrong: 0, createdMs: nowMs, changedMs: nowMs } as const;
    const name = nameOf({ account, purpose, contact });
    replaceEarlier(name, nowMs);
    last.set(name, id);
    put({ account, contact, id, purpose, ...state });
    return concluded('code_sent', {
      ...{ id, to: maskContact(kind, to), kind, purpose },
      expiresAt: new Date(nowMs + LIFETIME_MS).toISOString(),
      resendAt: new Date(nowMs + RESEND_MS).toISOString(),
    });
  }

  function check(input: Input, account: number): Conclusion {
    const id = String(input.id);
    const one = kept.get(id);
    if (one === undefined || one.account !== account) throw new Fault('resource_not_found');
    const nowMs = clock.nowMs();
    if (one.codeState !== 'pending' || one.createdMs + LIFETIME_MS <= nowMs) throw new Fault('code_unusable');
    const fault = RECIPIENT_REHEARSAL.refuseCode(one.contact, String(input.code));
    const wrong = one.wrong + (fault === 'code_wrong' ? 1 : 0);
    if (wrong >= ATTEMPTS_MAX) put({ ...one, wrong, codeState: 'exhausted', changedMs: nowMs });
    else put({ ...one, wrong });
    play(fault);
    put({ ...one, codeState: 'verified', changedMs: nowMs });
    return concluded('code_verified', { id });
  }

  function shown({ contact, id, purpose, codeState, createdMs, changedMs }: Kept): Verification {
    const { kind, to } = contact;
    return {
      ...{ id, purpose, kind, maskedTo: maskContact(kind, to), codeState, resent: false },
      ...RECIPIENT_REHEARSAL.deliver(contact, clock.nowMs() - createdMs),
      ...{ createdMs, expiresMs: createdMs + LIFETIME_MS, changedMs },
    };
  }

  return {
    rehearse(action, input, account) {
      if (action === 'verification-start') return start(input, account);
      return action === 'verification-check' ? check(input, account) : undefined;
    },
    async find(account, id) {
      const one = kept.get(id);
      return one === undefined || one.account !== account ? undefined : shown(one);
    },
    async list(account, { offset, limit, oldestFirst, filter }) {
      const own = [...kept.values()].filter((one) => one.account === account).map(shown);
      const all = filter === undefined ? own : own.filter((one) => isWanted(one, filter));
      if (oldestFirst !== true) all.reverse();
      return { total: all.length, verifications: all.slice(offset, offset + limit) };
    },
    refusals: async () => ({ refusals: [], total: 0 }),
    refusalSums: async () => [],
    settings: async () => ({ name: '', template: '' }),
    templates: async () => [],
  };
}

function play(fault: FaultCode | undefined): void {
  if (fault !== undefined) throw new Fault(fault, contactDetailOf(fault));
}

function concluded(outcome: Conclusion['outcome'], output: Conclusion['output']): Conclusion {
  return { outcome, output, source: 'sandbox', asOf: undefined };
}

function isWanted(one: Verification, filter: VerificationFilter): boolean {
  const { codeState, nowMs, deliveryState, kind, fromMs = 0, toMs = Number.POSITIVE_INFINITY } = filter;
  const isOver = one.codeState === 'pending' && one.expiresMs <= nowMs;
  return (
    (codeState === undefined || (isOver ? 'expired' : one.codeState) === codeState) &&
    (deliveryState === undefined || one.deliveryState === deliveryState) &&
    (kind === undefined || one.kind === kind) &&
    one.createdMs >= fromMs &&
    one.createdMs < toMs
  );
}
