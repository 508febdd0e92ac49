import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endureSendKills } from '../simulation/send-kills.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('kill -9 twenty-five times loses no message that was answered, and sends at most once more, which is recorded', async (t) => {
  const report = await endureSendKills({
    directory: makeTemporaryDirectory(t),
    rounds: 25,
    connections: 32,
    maxAnswers: 600,
    random: Math.random,
    say: (text) => t.diagnostic(text),
  });
  t.diagnostic(JSON.stringify(report));
  // What only a long run comes to.
  assert.ok(report.resent > 0 && report.twice > 0, JSON.stringify(report));
});
