// `npm run endure`: kills a loaded server with kill -9 at random moments, 25 times or as often as told, and checks the
// ledger after each restart. Usage: npm run endure -- [ROUNDS]

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endureKills } from '../test/simulation/kill-rounds.ts';

const [rounds = '25'] = process.argv.slice(2);
if (!/^[1-9]\d{0,4}$/.test(rounds)) {
  process.stderr.write(`${rounds} is no number of rounds. Usage: npm run endure -- [ROUNDS]\n`);
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), 'lineproof-endure-'));
try {
  const report = await endureKills({
    directory,
    rounds: Number(rounds),
    connections: 32,
    maxAnswers: 1500,
    random: Math.random,
    say: (text) => void process.stdout.write(`${text}\n`),
  });
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
