// How attempts and verdicts lie in the rings' slots. Names travel as indexes into tables that both threads hold.

import type { OutcomeCode } from '../../../domain/outcome.ts';
import { type KeyLimits, NO_CAPS, USAGE_CAPS, type UsageCaps } from '../../../domain/usage-cap.ts';
import type { Attempt } from '../../../ports/ledger.ts';
import type { BookedAttempt, Verdict } from './books.ts';
import { assertFieldText } from './entry.ts';

export const ATTEMPT_SLOT_BYTES = 256;
export const VERDICT_SLOT_BYTES = 32;

export interface NameTables {
  readonly services: readonly string[];
  readonly actions: readonly string[];
  readonly protocols: readonly string[];
  readonly outcomes: readonly OutcomeCode[];
  readonly sources: readonly string[];
}

const VERDICT_KINDS = [
  'recorded',
  'funds_exhausted',
  'daily_limit_reached',
  'cap_reached',
  'failed',
  'funds',
  'overloaded',
  'kept',
] as const;
export type VerdictKind = (typeof VERDICT_KINDS)[number];
const PAID_BY = ['none', 'quota', 'balance'] as const;

const REQUEST_ID = 48;
const REQUEST_ID_BYTES = 36;
const SUBJECT = 84;
const COUNTERS = 100;
const RESULT_CODE = 148;
const LIMIT_RESULT_CODE = 164;
const CODE_BYTES = 16;
/** Nine doubles in the slot's last part, which is touched only where the account or the key has caps. */
const KEY_CALLS_MAX = 184;
const CAPS = 192;
const KEY_CAPS = 224;
const COUNTERS_MAX = 3;
const ABSENT = 255;
const NO_DATE = -0x8000_0000;

interface Slots {
  readonly bytes: Buffer;
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
}

export interface AttemptWriter {
  /** kind 'funds' only asks whether the price could be paid. */
  write(slots: Slots, offset: number, ticket: number, kind: 'record' | 'funds', attempt: Attempt): void;
}

export function createAttemptWriter(names: NameTables): AttemptWriter {
  for (const table of Object.values(names)) for (const name of table) assertFieldText(name);
  const indexIn = (table: readonly string[]): ((name: string) => number) => {
    const indexes = new Map(table.map((name, index) => [name, index]));
    return (name) => {
      const index = indexes.get(name);
      if (index === undefined) throw new RangeError(`the ledger knows no name ${JSON.stringify(name)}`);
      return index;
    };
  };
  const service = indexIn(names.services);
  const action = indexIn(names.actions);
  const protocol = indexIn(names.protocols);
  const outcome = indexIn(names.outcomes);
  const source = indexIn(names.sources);
  return {
    write({ bytes, integers, doubles }, offset, ticket, kind, attempt) {
      if (kind === 'record') assertFits(attempt);
      const at = offset >> 2;
      const flags =
        (attempt.billable ? 1 : 0) |
        (kind === 'funds' ? 2 : 0) |
        (attempt.caps === undefined ? 0 : 4) |
        (attempt.keyLimits === undefined ? 0 : 8) |
        (attempt.keep === undefined ? 0 : 16);
      integers[at] = ticket;
      integers[at + 1] = attempt.day;
      integers[at + 2] = attempt.accountId;
      integers[at + 3] = attempt.keyId;
      integers[at + 4] = attempt.dailyLimit;
      integers[at + 5] = attempt.asOf ?? NO_DATE;
      integers[at + 6] =
        service(attempt.service) |
        (action(attempt.action) << 8) |
        (protocol(attempt.protocol) << 16) |
        (outcome(attempt.outcome) << 24);
      integers[at + 7] = source(attempt.source) | (flags << 8) | (attempt.counters.length << 16);
      doubles[at / 2 + 4] = attempt.timeMs;
      doubles[at / 2 + 5] = attempt.priceMinor;
      bytes.write(attempt.requestId, offset + REQUEST_ID, REQUEST_ID_BYTES, 'latin1');
      bytes.set(attempt.subject, offset + SUBJECT);
      let counterAt = offset + COUNTERS;
      for (const counter of attempt.counters) {
        bytes.set(counter, counterAt);
        counterAt += 16;
      }
      writeCode(bytes, offset + RESULT_CODE, attempt.resultCode);
      writeCode(bytes, offset + LIMIT_RESULT_CODE, attempt.limitResultCode);
      if (attempt.caps !== undefined) writeCaps(doubles, offset + CAPS, attempt.caps);
      if (attempt.keyLimits !== undefined) writeKeyLimits(doubles, offset, attempt.keyLimits);
    },
  };
}

export interface ReadAttempt extends BookedAttempt {
  ticket: number;
  /** Its answer to keep is too long for a slot and comes as a message. */
  hasKeep: boolean;
  asksFundsOnly: boolean;
}

export function readAttempt(
  { bytes, integers, doubles }: Slots,
  offset: number,
  names: NameTables,
): ReadAttempt {
  const at = offset >> 2;
  const packed = integers[at + 6] ?? 0;
  const more = integers[at + 7] ?? 0;
  const asOf = integers[at + 5] ?? NO_DATE;
  const nameOf = (table: readonly string[], index: number): string => table[index] ?? '';
  return {
    ticket: integers[at] ?? 0,
    asksFundsOnly: (more & 0x200) !== 0,
    hasKeep: (more & 0x1000) !== 0,
    keep: undefined,
    day: integers[at + 1] ?? 0,
    account: integers[at + 2] ?? 0,
    key: integers[at + 3] ?? 0,
    dailyLimit: integers[at + 4] ?? 0,
    asOf: asOf === NO_DATE ? null : asOf,
    service: nameOf(names.services, packed & 0xff),
    action: nameOf(names.actions, (packed >> 8) & 0xff),
    protocol: nameOf(names.protocols, (packed >> 16) & 0xff),
    outcome: nameOf(names.outcomes, packed >>> 24) as OutcomeCode,
    source: nameOf(names.sources, more & 0xff),
    billable: (more & 0x100) !== 0,
    timeMs: doubles[at / 2 + 4] ?? 0,
    priceMinor: doubles[at / 2 + 5] ?? 0,
    requestId: bytes.toString('latin1', offset + REQUEST_ID, offset + REQUEST_ID + REQUEST_ID_BYTES),
    // Copies: the slot is given back before the transaction ends.
    subject: Uint8Array.prototype.slice.call(bytes, offset + SUBJECT, offset + COUNTERS),
    counters: Uint8Array.prototype.slice.call(
      bytes,
      offset + COUNTERS,
      offset + COUNTERS + (more >>> 16) * 16,
    ),
    resultCode: readCode(bytes, offset + RESULT_CODE) ?? '',
    limitResultCode: readCode(bytes, offset + LIMIT_RESULT_CODE),
    caps: (more & 0x400) === 0 ? undefined : readCaps(doubles, offset + CAPS),
    keyLimits: (more & 0x800) === 0 ? undefined : readKeyLimits(doubles, offset),
  };
}

/** What is longer or shorter than its place would take or leave bytes of another attempt. */
function assertFits(attempt: Attempt): void {
  const fits =
    attempt.requestId.length === REQUEST_ID_BYTES &&
    attempt.subject.length === 16 &&
    attempt.counters.length <= COUNTERS_MAX &&
    attempt.counters.every((counter) => counter.length === 16) &&
    attempt.resultCode.length < CODE_BYTES &&
    (attempt.limitResultCode?.length ?? 0) < CODE_BYTES;
  if (!fits) throw new RangeError('the attempt does not fit its slot');
}

function writeCode(bytes: Buffer, offset: number, code: string | undefined): void {
  if (code === undefined) bytes[offset] = ABSENT;
  else bytes[offset] = bytes.write(code, offset + 1, CODE_BYTES - 1, 'latin1');
}

function writeCaps(doubles: Float64Array, offset: number, caps: UsageCaps): void {
  const at = offset >> 3;
  doubles[at] = caps.callsPerDay;
  doubles[at + 1] = caps.callsPerMonth;
  doubles[at + 2] = caps.minorPerDay;
  doubles[at + 3] = caps.minorPerMonth;
}

function readCaps(doubles: Float64Array, offset: number): UsageCaps {
  const at = offset >> 3;
  return {
    callsPerDay: doubles[at] ?? 0,
    callsPerMonth: doubles[at + 1] ?? 0,
    minorPerDay: doubles[at + 2] ?? 0,
    minorPerMonth: doubles[at + 3] ?? 0,
  };
}

function writeKeyLimits(doubles: Float64Array, offset: number, { callsMax, caps }: KeyLimits): void {
  doubles[(offset + KEY_CALLS_MAX) >> 3] = callsMax;
  writeCaps(doubles, offset + KEY_CAPS, caps);
}

function readKeyLimits(doubles: Float64Array, offset: number): KeyLimits {
  const caps = readCaps(doubles, offset + KEY_CAPS);
  const isCapped = USAGE_CAPS.some((name) => Number.isFinite(caps[name]));
  return { callsMax: doubles[(offset + KEY_CALLS_MAX) >> 3] ?? 0, caps: isCapped ? caps : NO_CAPS };
}

function readCode(bytes: Buffer, offset: number): string | undefined {
  const length = bytes[offset] ?? ABSENT;
  return length === ABSENT ? undefined : bytes.toString('latin1', offset + 1, offset + 1 + length);
}

export function writeVerdict(
  { integers, doubles }: Slots,
  offset: number,
  ticket: number,
  kind: VerdictKind,
  verdict: Verdict | undefined,
  fundsLeft: boolean,
  names: NameTables,
): void {
  const at = offset >> 2;
  const outcome = verdict === undefined ? 0 : names.outcomes.indexOf(verdict.outcome);
  const paidBy = verdict === undefined ? 0 : PAID_BY.indexOf(verdict.paidBy);
  integers[at] = ticket;
  integers[at + 1] =
    VERDICT_KINDS.indexOf(kind) |
    (outcome << 8) |
    (paidBy << 16) |
    (verdict?.charged === true ? 1 << 24 : 0) |
    (fundsLeft ? 1 << 25 : 0);
  doubles[at / 2 + 1] = verdict?.seq ?? 0;
  doubles[at / 2 + 2] = verdict?.chargedMinor ?? 0;
}

export interface ReadVerdict {
  readonly ticket: number;
  readonly kind: VerdictKind;
  readonly outcome: OutcomeCode;
  readonly paidBy: 'quota' | 'balance' | 'none';
  readonly charged: boolean;
  readonly fundsLeft: boolean;
  readonly seq: number;
  readonly chargedMinor: number;
}

export function readVerdict({ integers, doubles }: Slots, offset: number, names: NameTables): ReadVerdict {
  const at = offset >> 2;
  const packed = integers[at + 1] ?? 0;
  return {
    ticket: integers[at] ?? 0,
    kind: VERDICT_KINDS[packed & 0xff] ?? 'failed',
    outcome: names.outcomes[(packed >> 8) & 0xff] ?? 'completed',
    paidBy: PAID_BY[(packed >> 16) & 0xff] ?? 'none',
    charged: (packed & (1 << 24)) !== 0,
    fundsLeft: (packed & (1 << 25)) !== 0,
    seq: doubles[at / 2 + 1] ?? 0,
    chargedMinor: doubles[at / 2 + 2] ?? 0,
  };
}
