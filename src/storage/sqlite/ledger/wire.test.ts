import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { counterKey, makeAttempt } from '../../../../test/support/attempts.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { OUTCOMES } from '../../../domain/outcome.ts';
import { SERVICES } from '../../../domain/service.ts';
import type { Verdict } from './books.ts';
import { createRingMemory, openRing } from './ring.ts';
import {
  ATTEMPT_SLOT_BYTES,
  createAttemptWriter,
  readAttempt,
  readVerdict,
  VERDICT_SLOT_BYTES,
  writeVerdict,
} from './wire.ts';

const NAMES = {
  services: [...SERVICES, 'platform'],
  actions: ['', 'line-status', 'line-tenure'],
  protocols: ['', 'tencent'],
  outcomes: OUTCOMES,
  sources: ['', 'registry'],
} as const;

const int32 = fc.nat(0x7fff_ffff);

const cap = fc.option(fc.nat(Number.MAX_SAFE_INTEGER), { nil: Number.POSITIVE_INFINITY });

const caps = fc.record(
  { callsPerDay: cap, callsPerMonth: cap, minorPerDay: cap, minorPerMonth: cap },
  { noNullPrototype: true },
);
const attempts = fc.record({
  timeMs: fc.nat(Number.MAX_SAFE_INTEGER),
  day: int32.map((day) => day as CalendarDate),
  accountId: int32,
  keyId: int32,
  service: fc.constantFrom(...SERVICES, 'platform' as const),
  requestId: fc.uuid(),
  action: fc.constantFrom(...NAMES.actions),
  protocol: fc.constantFrom(...NAMES.protocols),
  outcome: fc.constantFrom(...OUTCOMES),
  resultCode: fc.string({ maxLength: 15, unit: 'grapheme-ascii' }),
  billable: fc.boolean(),
  priceMinor: fc.nat(Number.MAX_SAFE_INTEGER),
  source: fc.constantFrom(...NAMES.sources),
  asOf: fc.option(
    int32.map((day) => day as CalendarDate),
    { nil: undefined },
  ),
  subject: fc.nat().map(counterKey),
  counters: fc.array(fc.nat().map(counterKey), { maxLength: 3 }),
  dailyLimit: int32,
  limitResultCode: fc.option(fc.string({ maxLength: 15, unit: 'grapheme-ascii' }), { nil: undefined }),
  caps: fc.option(caps, { nil: undefined }),
  keyLimits: fc.option(fc.record({ callsMax: cap, caps }, { noNullPrototype: true }), { nil: undefined }),
  keep: fc.constant(undefined),
});

test('an attempt is read as it was written, over whatever the slot held before', () => {
  const ring = openRing(createRingMemory(1, ATTEMPT_SLOT_BYTES), ATTEMPT_SLOT_BYTES);
  const writer = createAttemptWriter(NAMES);
  const offset = ring.reserve();
  fc.assert(
    fc.property(attempts, fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }), (attempt, ticket) => {
      writer.write(ring, offset, ticket, 'record', attempt);
      const { accountId: account, keyId: key, counters, asOf, ...rest } = attempt;
      const { subject, ...read } = readAttempt(ring, offset, NAMES);
      const expected = {
        ...rest,
        account,
        key,
        ticket,
        asOf: asOf ?? null,
        asksFundsOnly: false,
        hasKeep: false,
      };
      assert.deepEqual(
        { ...read, counters: Buffer.from(read.counters) },
        {
          ...withoutSubject(expected),
          counters: Buffer.concat(counters),
        },
      );
      assert.ok(Buffer.from(subject).equals(attempt.subject));
    }),
  );
});

function withoutSubject<T extends { subject: Uint8Array }>({ subject: _, ...rest }: T): Omit<T, 'subject'> {
  return rest;
}

test('a question about funds is told apart from an attempt', () => {
  const ring = openRing(createRingMemory(1, ATTEMPT_SLOT_BYTES), ATTEMPT_SLOT_BYTES);
  const offset = ring.reserve();
  createAttemptWriter(NAMES).write(ring, offset, 1, 'funds', makeAttempt());
  assert.equal(readAttempt(ring, offset, NAMES).asksFundsOnly, true);
});

test('a verdict is read as it was written', () => {
  const ring = openRing(createRingMemory(1, VERDICT_SLOT_BYTES), VERDICT_SLOT_BYTES);
  const offset = ring.reserve();
  const verdicts = fc.record<Verdict>({
    kind: fc.constantFrom('recorded', 'funds_exhausted', 'daily_limit_reached', 'cap_reached'),
    seq: fc.nat(Number.MAX_SAFE_INTEGER),
    outcome: fc.constantFrom(...OUTCOMES),
    paidBy: fc.constantFrom('none', 'quota', 'balance'),
    charged: fc.boolean(),
    chargedMinor: fc.nat(Number.MAX_SAFE_INTEGER),
    fundsLeft: fc.boolean(),
  });
  fc.assert(
    fc.property(verdicts, fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }), (verdict, ticket) => {
      writeVerdict(ring, offset, ticket, verdict.kind, verdict, verdict.fundsLeft, NAMES);
      assert.deepEqual(readVerdict(ring, offset, NAMES), { ...verdict, ticket });
    }),
  );
});

test('a ring hands over every slot once and in order, and takes no more than it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (steps) => {
      const ring = openRing(createRingMemory(4, 8), 8);
      const model: number[] = [];
      let next = 1;
      for (const writes of steps) {
        const offset = writes ? ring.reserve() : ring.peek();
        assert.equal(offset === -1, writes ? model.length === 4 : model.length === 0);
        if (offset === -1) continue;
        if (writes) {
          ring.integers[offset >> 2] = next;
          model.push(next);
          next += 1;
          ring.publish();
        } else {
          assert.equal(ring.integers[offset >> 2], model.shift());
          ring.release();
        }
      }
    }),
  );
});
