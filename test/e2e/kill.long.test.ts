import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endureKills } from '../simulation/kill-rounds.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('kill -9 twenty times under load loses no charged answer, no counter and no money', async (t) => {
  const report = await endureKills({
    directory: makeTemporaryDirectory(t),
    rounds: 20,
    connections: 32,
    maxAnswers: 2500,
    random: Math.random,
    say: (text) => t.diagnostic(text),
  });
  assert.equal(report.rounds, 20);
  // What only a long run comes to: quota is used up and the balance pays.
  assert.ok(report.paid > 0 && report.limited > 0, JSON.stringify(report));
  assert.ok(report.charged > 0 && report.entries >= report.received);
});
