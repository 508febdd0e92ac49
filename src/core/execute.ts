// The pipeline: one authenticated call in, one conclusion out, in the order of the design ("One request walks").
// It knows no action and no wire format by name.

import { type CalendarDate, createCalendar } from '../domain/calendar-date.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { FAULTS, Fault } from '../domain/fault.ts';
import { type KeyLimits, NO_CAPS } from '../domain/usage-cap.ts';
import type { Account, KeyRestriction } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyVault, ServerKeyPairs } from '../ports/key-vault.ts';
import type { Ledger, Settlement } from '../ports/ledger.ts';
import type { Random } from '../ports/random.ts';
import type { Rehearsal } from '../ports/rehearsal.ts';
import type { NumberRanges, Source } from '../ports/source.ts';
import type { Asker, Verifications } from '../ports/verifications.ts';
import type { ActionContext, ActionDefinition, Prepared, Question, VerificationRules } from './action.ts';
import type { Call } from './call.ts';
import type { Fingerprints } from './fingerprint.ts';
import type { Keep, KeptAnswers } from './kept-answers.ts';
import { openFields } from './open-fields.ts';
import type { RateLimit } from './rate-limit.ts';
import { compileSchema } from './schema.ts';
import type { UnwrappedKeys } from './unwrapped-keys.ts';

export interface PipelineOptions {
  readonly actions: readonly ActionDefinition[];
  readonly clock: Clock;
  readonly random: Random;
  readonly source: Source;
  readonly ranges: NumberRanges;
  readonly rehearsal: Rehearsal;
  readonly vault: KeyVault;
  readonly verifications: Verifications;
  readonly pairs: ServerKeyPairs;
  readonly unwrapped: UnwrappedKeys;
  readonly ledger: Ledger;
  readonly fingerprints: Fingerprints;
  readonly keptAnswers: KeptAnswers;
  readonly rateLimit: RateLimit;
  readonly rules: VerificationRules;
  /** Told whenever a source could not answer: the caller learns only that the service is busy. */
  readonly onSourceFailure: (requestId: string, fault: Fault) => void;
  readonly timeZone: string;
  /** Minor units by price key; a key without a row is free. */
  readonly prices: () => Readonly<Record<string, number>>;
  /** Defaults of accounts that have no limits of their own. */
  readonly ratePerSecond: number;
  readonly sandboxRatePerSecond: number;
  readonly dailyLimit: number;
}

type Input = Readonly<Record<string, unknown>>;
export type Execute = (call: Call) => Promise<Conclusion>;

const NO_SUBJECT = new Uint8Array(16);

export function createPipeline(options: PipelineOptions): Execute {
  const { ledger, rateLimit, clock } = options;
  const dateOf = createCalendar(options.timeZone);
  const priced = new Set(options.actions.filter(canCost));
  const validators = new Map(options.actions.map((action) => [action.name, compileSchema(action.input)]));

  return async function execute(call) {
    try {
      limitRate(call);
      admitAccount(call.key.account, call.action);
      if (call.key.restriction !== undefined) admitKey(call.key.restriction, call.action);
      const { idempotency } = call;
      if (idempotency === undefined) return await conclude(call, undefined);
      const conclusion = await options.keptAnswers.answerOnce(call, idempotency, (keep) =>
        conclude(call, keep),
      );
      return conclusion.repeats === undefined ? conclusion : logFree(call, conclusion);
    } catch (error) {
      logFault(call, error);
      throw error;
    }
  };

  async function conclude(call: Call, keep: Keep | undefined): Promise<Conclusion> {
    // Read off the unchecked input: a mode that makes no sense has the plain price and is refused right below.
    const priceMinor = options.prices()[call.action.priceKey(call.input)] ?? 0;
    if (!call.key.account.sandbox) await admitFunds(call, priceMinor);
    validators.get(call.action.name)?.(call.input, call.unknown);
    const input = openSealed(call);
    const rehearsed = call.key.account.sandbox
      ? options.rehearsal.rehearse(call.action.name, input, call.key.account.id)
      : undefined;
    if (rehearsed !== undefined) return logFree(call, await rehearsed);
    return await answer(call, input, priceMinor, keep);
  }

  function limitRate(call: Call): void {
    const { account } = call.key;
    // The sandbox plays its limits from its table; a key that is given to everyone is bound all the same.
    const usual = account.sandbox ? options.sandboxRatePerSecond : options.ratePerSecond;
    const own = Math.max(usual, call.action.ratePerSecond ?? 0);
    rateLimit.take(account.id, call.action.name, account.ratePerSecond ?? own, call.receivedAtMs);
  }

  function admitAccount(account: Account, action: ActionDefinition): void {
    if (account.state === 'unverified') throw new Fault('account_unverified');
    if (account.state === 'suspended') throw new Fault('account_suspended');
    if (action.service !== 'platform' && !account.services.has(action.service)) {
      throw new Fault('service_not_activated');
    }
  }

  /** Platform actions belong to no service: a key restricted to one may use only those that it names. */
  function admitKey({ service, actions }: KeyRestriction, action: ActionDefinition): void {
    const isOfService = service === undefined || action.service === service;
    const isNamed = actions?.has(action.name) ?? false;
    const isAllowed =
      actions === undefined ? isOfService : isNamed && (isOfService || action.service === 'platform');
    if (!isAllowed) throw new Fault('key_not_allowed');
  }

  async function admitFunds(call: Call, priceMinor: number): Promise<void> {
    const { service } = call.action;
    if (service === 'platform' || !ledger.mayLackFunds(call.key.account.id, service, priceMinor)) return;
    if (!(await ledger.hasFunds(call.key.account.id, service, priceMinor)))
      throw new Fault('funds_exhausted');
  }

  function openSealed(call: Call): Input {
    if (call.sealed === undefined) return call.input;
    const { id, kmsGrant } = call.key.account;
    const { vault, pairs, unwrapped } = options;
    const keys = { vault, pairs, kmsGrant, unwrapped, nowMs: call.receivedAtMs };
    return openFields(call.sealed, call.input, call.action.encryptable, id, keys);
  }

  function answer(call: Call, input: Input, priceMinor: number, keep: Keep | undefined): Promise<Conclusion> {
    const today = dateOf(call.receivedAtMs);
    const prepared = prepare(call, input, today);
    if (prepared.kind === 'concluded') {
      return settleWhenKnown(prepared.conclusion, {});
    }
    // The daily limit is decided with the charge in one step, after a source that costs nothing to ask has answered:
    // an attempt over the limit learns nothing of that answer.
    return settleWhenKnown(askSource(call, prepared.ask), prepared.values, prepared);

    function settleWhenKnown(
      known: Conclusion | Promise<Conclusion>,
      values: Readonly<Record<string, string>>,
      { settled, kept }: Pick<Question, 'settled' | 'kept'> = {},
    ) {
      const record = (conclusion: Conclusion) =>
        settle(call, conclusion, priceMinor, today, values, input, keep);
      const settleIt = (conclusion: Conclusion) => {
        if (kept !== undefined) return recordBeside(kept, () => record(conclusion), keep !== undefined);
        const settling = record(conclusion);
        return settled === undefined ? settling : tellWhenSettled(settling, settled);
      };
      return known instanceof Promise ? known.then(settleIt) : settleIt(known);
    }
  }

  /** Number ranges are read from where the records are, and fail with them. */
  function prepare(call: Call, input: Input, today: CalendarDate): Prepared {
    try {
      return call.action.prepare(input, contextOf(call, today));
    } catch (error) {
      return { kind: 'concluded', conclusion: busyOrThrow(call, error) };
    }
  }

  function contextOf(call: Call, today: CalendarDate): ActionContext {
    const { random, source, ranges, vault, verifications, rules } = options;
    const { account } = call.key;
    const asker = () => askerOf(call);
    return { account, clock, random, source, ranges, vault, verifications, asker, today, rules };
  }

  /** A source that fails is an outcome where the action has one ("busy"), so that the caller sees a result code. */
  function askSource(call: Call, ask: () => Conclusion | Promise<Conclusion>) {
    try {
      const asked = ask();
      return asked instanceof Promise ? asked.catch((error) => busyOrThrow(call, error)) : asked;
    } catch (error) {
      return busyOrThrow(call, error);
    }
  }

  function busyOrThrow({ requestId, action }: Call, error: unknown): Conclusion {
    if (!(error instanceof Fault) || FAULTS[error.code].blame !== 'source') throw error;
    options.onSourceFailure(requestId, error);
    const outcome = action.outcomes.source_busy !== undefined ? 'source_busy' : 'source_failed';
    if (action.outcomes[outcome] === undefined) throw error;
    return { outcome, output: {}, source: '', asOf: undefined };
  }

  async function settle(
    call: Call,
    conclusion: Conclusion,
    priceMinor: number,
    day: CalendarDate,
    values: Readonly<Record<string, string>>,
    input: Input,
    keep: Keep | undefined,
  ): Promise<Conclusion> {
    if (call.key.account.sandbox) return logFree(call, conclusion);
    const { action, protocol } = call;
    const { id: accountId } = call.key.account;
    const { fingerprints } = options;
    const counters = [];
    for (const field of action.limited) {
      const value = values[field];
      if (value !== undefined) counters.push(fingerprints.counter(accountId, day, action.name, field, value));
    }
    // What can never cost anything is never stopped by a cap: a code that was right has been used up by now.
    const isPriced = priced.has(action);
    const billable = action.outcomes[conclusion.outcome]?.charged ?? false;
    const settlement = await ledger.settle({
      timeMs: call.receivedAtMs,
      day,
      accountId,
      keyId: call.key.id,
      service: action.service,
      requestId: call.requestId,
      action: action.name,
      protocol: protocol.name,
      outcome: conclusion.outcome,
      resultCode: protocol.resultCode(action.name, conclusion.outcome) ?? '',
      billable,
      priceMinor,
      source: conclusion.source,
      asOf: conclusion.asOf,
      subject: subjectOf(action, values, input),
      counters,
      dailyLimit: call.key.account.dailyLimit ?? options.dailyLimit,
      limitResultCode: protocol.resultCode(action.name, 'daily_limit'),
      caps: isPriced ? call.key.account.caps : undefined,
      keyLimits: isPriced ? limitsOf(call.key.restriction) : undefined,
      keep: keep?.(conclusion, billable || action.usesUp === true),
    });
    return concludeWith(conclusion, settlement);
  }

  function subjectOf(
    action: ActionDefinition,
    values: Readonly<Record<string, string>>,
    input: Input,
  ): Uint8Array {
    if (action.subject === undefined) return NO_SUBJECT;
    return options.fingerprints.subject(values[action.subject] ?? String(input[action.subject]));
  }

  /** What leaves no entry. */
  function logFree(call: Call, conclusion: Conclusion): Conclusion {
    log(call, conclusion.outcome, call.protocol.resultCode(call.action.name, conclusion.outcome) ?? '');
    return conclusion;
  }

  function logFault(call: Call, error: unknown): void {
    log(call, error instanceof Fault ? error.code : 'internal', '');
  }

  function log(call: Call, outcome: string, resultCode: string): void {
    const { account } = call.key;
    ledger.logCall({
      timeMs: call.receivedAtMs,
      accountId: account.id,
      keyId: call.key.id,
      requestId: call.requestId,
      action: call.action.name,
      protocol: call.protocol.name,
      outcome,
      resultCode,
      sandbox: account.sandbox,
      durationUs: Math.max(0, Math.round((clock.nowMs() - call.receivedAtMs) * 1000)),
    });
  }
}

function canCost({ outcomes }: ActionDefinition): boolean {
  return Object.values(outcomes).some(({ charged }) => charged);
}

function askerOf({ key, requestId, receivedAtMs, address, idempotency }: Call): Asker {
  return {
    account: key.account,
    keyId: key.id,
    requestId,
    nowMs: receivedAtMs,
    address: address?.() ?? '',
    repeatName: idempotency?.key,
  };
}

/** Both on disk, one beside the other; an answer that is kept for a repeat is not there before what it says. */
async function recordBeside(
  kept: () => Promise<void>,
  record: () => Promise<Conclusion>,
  isRepeatable: boolean,
): Promise<Conclusion> {
  if (isRepeatable) await kept();
  const [conclusion] = await Promise.all([record(), kept()]);
  return conclusion;
}

async function tellWhenSettled(
  settling: Promise<Conclusion>,
  settled: (isRecorded: boolean) => void,
): Promise<Conclusion> {
  const conclusion = await settling.catch((error: unknown) => {
    settled(false);
    throw error;
  });
  settled(true);
  return conclusion;
}

/** What the ledger must count for a key; undefined where nothing is to be counted. */
function limitsOf(restriction: KeyRestriction | undefined): KeyLimits | undefined {
  const { callsMax, caps } = restriction ?? {};
  if (callsMax === undefined && caps === undefined) return undefined;
  return { callsMax: callsMax ?? Number.POSITIVE_INFINITY, caps: caps ?? NO_CAPS };
}

function concludeWith(conclusion: Conclusion, settlement: Settlement): Conclusion {
  if (settlement.kind === 'refused') throw new Fault(settlement.fault);
  if (settlement.outcome === conclusion.outcome) return conclusion;
  return { outcome: settlement.outcome, output: {}, source: '', asOf: undefined };
}
