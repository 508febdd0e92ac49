// The registry that both servers answer from: synthetic rows made once by the command line and kept in the system's
// temporary directory; each run works on a copy, so that no ledger grows from run to run.

import { cpSync, createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runJson } from '../test/support/command-line.ts';
import { LINE_STATUS_CODES } from '../test/support/line-status-codes.ts';
import { createAccount, type NewAccount } from '../test/support/new-account.ts';

/** Of the rows, here and where others must know the same numbers. */
export const SEED = 2026;
/** Numbers that the load asks about. */
const ASKED = 20_000;

export interface Prepared {
  readonly data: string;
  /** NUMBER,STATUS a line, for the floor's Map. */
  readonly numbersFile: string;
  readonly numbers: readonly string[];
  readonly account: NewAccount;
  remove(): void;
}

export async function prepare(rows: number, say: (text: string) => void): Promise<Prepared> {
  const cache = join(tmpdir(), `lineproof-bench-${rows}`);
  const ready = join(cache, 'ready');
  const rowsFile = join(cache, 'rows.csv');
  const numbersFile = join(cache, 'numbers.csv');
  const cachedData = join(cache, 'data');
  if (!existsSync(ready)) {
    say(`making a registry of ${rows} rows in ${cache} (once)`);
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    await runJson(['registry', 'generate', '--rows', `${rows}`, '--seed', `${SEED}`, '--out', rowsFile]);
    // The first account makes the data directory and its master key.
    await createAccount(cachedData, []);
    await runJson(['registry', 'import', rowsFile, '--data', cachedData]);
    await writeNumbers(rowsFile, numbersFile);
    rmSync(rowsFile);
    writeFileSync(ready, '');
  }
  const run = mkdtempSync(join(tmpdir(), 'lineproof-bench-run-'));
  const data = join(run, 'data');
  cpSync(cachedData, data, { recursive: true });
  const flags = ['--quota', '1000000000', '--rate', '1000000', '--daily-limit', '1000000000'];
  return {
    data,
    numbersFile,
    numbers: await pickNumbers(numbersFile, rows),
    account: await createAccount(data, flags),
    remove: () => rmSync(run, { recursive: true, force: true }),
  };
}

async function writeNumbers(rowsFile: string, numbersFile: string): Promise<void> {
  const out = await open(numbersFile, 'w');
  let block: string[] = [];
  for await (const line of createInterface({ input: createReadStream(rowsFile) })) {
    const [msisdn = '', status = ''] = line.split(',');
    // Only numbers with a known status are asked for: the charged, most expensive answer.
    const code = LINE_STATUS_CODES[status];
    if (code !== undefined) block.push(`${msisdn.replace(/^\+86/, '')},${code}\n`);
    if (block.length < 10_000) continue;
    await out.write(block.join(''));
    block = [];
  }
  await out.write(block.join(''));
  await out.close();
}

/** Evenly spread over the file, in an order without locality. */
async function pickNumbers(numbersFile: string, rows: number): Promise<string[]> {
  const step = Math.max(1, Math.floor(rows / ASKED));
  const picked: string[] = [];
  let at = 0;
  for await (const line of createInterface({ input: createReadStream(numbersFile) })) {
    if (at % step === 0 && picked.length < ASKED) picked.push(line.split(',')[0] ?? '');
    at += 1;
  }
  const stride = 7919;
  return picked.map((_, index) => picked[(index * stride) % picked.length] ?? '');
}
