import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endureKills } from '../simulation/kill-rounds.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('kill -9 at random moments under load loses no charged answer, no counter and no money', async (t) => {
  const report = await endureKills({
    directory: makeTemporaryDirectory(t),
    rounds: 4,
    connections: 16,
    maxAnswers: 1200,
    random: Math.random,
    say: (text) => t.diagnostic(text),
  });
  assert.ok(report.charged > 0 && report.entries >= report.received);
});
