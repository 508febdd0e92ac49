import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endureSendKills } from '../simulation/send-kills.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('kill -9 at random moments loses no message that was answered, and sends at most once more, which is recorded', async (t) => {
  const report = await endureSendKills({
    directory: makeTemporaryDirectory(t),
    rounds: 4,
    connections: 16,
    maxAnswers: 400,
    random: Math.random,
    say: (text) => t.diagnostic(text),
  });
  t.diagnostic(JSON.stringify(report));
  assert.ok(report.answered > 0 && report.messages >= report.answered - report.givenUp);
});
