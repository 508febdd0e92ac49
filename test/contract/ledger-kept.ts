// What every ledger must hold of answers that are given again, whatever it is stored in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/domain/fault.ts';
import type { KeptAnswer, Ledger } from '../../src/ports/ledger.ts';
import { counterKey, DAY_START_MS, makeAttempt } from '../support/attempts.ts';
import type { OpenUnderTest } from './ledger.ts';

const UNTIL_MS = DAY_START_MS + 1_000_000;

function keep(number: number, changes: Partial<KeptAnswer> = {}): KeptAnswer {
  const [name, question] = [counterKey(number), counterKey(number + 1000)];
  return { name, question, answer: Buffer.from(`answer ${number}`), untilMs: UNTIL_MS, ...changes };
}

async function textOf(
  ledger: Ledger,
  { name }: KeptAnswer,
  nowMs = DAY_START_MS,
): Promise<string | undefined> {
  const found = await ledger.findKept(name, nowMs);
  return found === undefined ? undefined : Buffer.from(found.answer).toString();
}

const isOverloaded = (error: unknown): boolean => error instanceof Fault && error.code === 'overloaded';

export function testKeptAnswersContract(name: string, open: OpenUnderTest): void {
  test(`${name}: a charged answer is kept with its entry, through a restart and until its time is over`, async (t) => {
    const before = await open(t);
    before.grant(1, 'line-status', 1, 0);
    const kept = keep(1);
    assert.equal(await before.ledger.findKept(kept.name, DAY_START_MS), undefined);
    await before.ledger.settle(makeAttempt({ keep: kept }));
    const { ledger } = await before.reopen();
    const found = await ledger.findKept(kept.name, UNTIL_MS - 1);
    assert.deepEqual(found && [Buffer.from(found.question), Buffer.from(found.answer)], [
      Buffer.from(kept.question),
      kept.answer,
    ]);
    assert.equal(await ledger.findKept(kept.name, UNTIL_MS), undefined);
  });

  test(`${name}: a question without an answer may be asked again, but not another one under its name`, async (t) => {
    const { ledger, grant } = await open(t);
    grant(1, 'line-status', 9, 0);
    const free = { keep: keep(1, { answer: new Uint8Array(0) }), billable: false };
    await ledger.settle(makeAttempt(free));
    await ledger.settle(makeAttempt(free));
    assert.equal(await textOf(ledger, keep(1)), '');
    const other = keep(1, { question: counterKey(9) });
    await assert.rejects(ledger.settle(makeAttempt({ keep: other })), isOverloaded);
    await ledger.settle(makeAttempt({ keep: keep(1) }));
    assert.equal(await textOf(ledger, keep(1)), 'answer 1');
  });

  test(`${name}: what is refused or over the daily limit keeps nothing`, async (t) => {
    const { ledger, grant } = await open(t);
    assert.equal((await ledger.settle(makeAttempt({ keep: keep(1) }))).kind, 'refused');
    grant(1, 'line-status', 9, 0);
    await ledger.settle(makeAttempt({ keep: keep(2), counters: [counterKey(7)], dailyLimit: 0 }));
    for (const number of [1, 2]) assert.equal(await textOf(ledger, keep(number)), undefined);
  });

  test(`${name}: of 50 attempts at once under one name one is recorded, charged and kept`, async (t) => {
    const { ledger, grant, funds } = await open(t);
    grant(1, 'line-status', 50, 0);
    const attempts = Array.from({ length: 50 }, (_, at) =>
      makeAttempt({ keep: keep(1, { answer: Buffer.from(`answer ${at}`) }) }),
    );
    const settled = await Promise.allSettled(attempts.map((attempt) => ledger.settle(attempt)));
    const refused = settled.filter((one) => one.status === 'rejected');
    assert.equal(refused.length, 49);
    assert.ok(refused.every(({ reason }) => isOverloaded(reason)));
    assert.equal(funds(1, 'line-status').quota, 49);
    const winner = settled.findIndex(({ status }) => status === 'fulfilled');
    assert.equal(await textOf(ledger, keep(1)), `answer ${winner}`);
  });

  test(`${name}: a name whose time is over is free again`, async (t) => {
    const { ledger, grant } = await open(t);
    grant(1, 'line-status', 2, 0);
    const first = makeAttempt({ keep: keep(1) });
    await ledger.settle(first);
    const later = keep(1, { untilMs: UNTIL_MS * 2, answer: Buffer.from('later') });
    await ledger.settle(makeAttempt({ timeMs: UNTIL_MS, keep: later }));
    assert.equal(await textOf(ledger, later, UNTIL_MS), 'later');
  });
}
