// `npm run bench:import`: a large import by the real command while signed calls go on at a fixed rate: rows a second,
// memory of the import, latency of the calls before and meanwhile. See `npm run bench:import -- --help`.

import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE_ARGS, runJson } from '../test/support/command-line.ts';
import { startServer } from '../test/support/start-server.ts';
import { HELP, readImportBenchOptions } from './import-options.ts';
import { type ImportFigures, renderImportReport } from './import-report.ts';
import type { LoadResult } from './load.ts';
import { type MeasuredImport, measureImport } from './measured-import.ts';
import { type Prepared, prepare, SEED } from './prepare.ts';
import { type LoadProcess, startLoadProcess } from './processes.ts';
import { writeResults } from './write-results.ts';

const WARM_UP_SECONDS = 3;
const GENERATE_DEADLINE_MS = 3_600_000;
/** Calls that the import's last moments held up are answered after its end. */
const AFTERMATH_MS = 500;

const options = readImportBenchOptions(process.argv.slice(2));
if (options === undefined) {
  process.stdout.write(HELP);
  process.exit(0);
}
const { rows, liveRows, rate, connections, secondsBefore, quietToo } = options;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const directory = mkdtempSync(join(tmpdir(), 'lineproof-bench-import-'));
// A gigabyte must not stay behind when somebody loses patience.
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

// Before there is a server: it would slow down the making, and be slowed down.
const file = await makeRows();
const prepared = await prepare(liveRows, say);
process.once('exit', prepared.remove);
const quiet = quietToo ? await importQuietly(prepared) : undefined;
const figures = { quiet, ...(await importUnderLoad(prepared)) };
process.stdout.write(renderImportReport(figures));
process.stdout.write(`written to ${writeResults('import-', { options, ...figures })}\n`);

/** The rows that the registry holds already are the first of them: the import brings each of those anew. */
async function makeRows(): Promise<string> {
  const out = join(directory, 'rows.csv');
  say(`making ${rows} rows`);
  const flags = ['--rows', `${rows}`, '--seed', `${SEED}`, '--out', out];
  await runJson(['registry', 'generate', ...flags], { deadlineMs: GENERATE_DEADLINE_MS });
  say(`made ${Math.round(statSync(out).size / 1e6)} MB`);
  return out;
}

async function importQuietly({ data }: Prepared): Promise<MeasuredImport> {
  const copy = join(dirname(data), 'quiet');
  cpSync(data, copy, { recursive: true });
  say('importing without live calls');
  const measured = await measureImport(copy, file, rows);
  rmSync(copy, { recursive: true });
  return measured;
}

async function importUnderLoad({ data, numbers, account }: Prepared): Promise<Omit<ImportFigures, 'quiet'>> {
  const server = await startServer({ data, nodeArgs: NODE_ARGS, env: { NODE_ENV: 'production' } });
  const load = startLoadProcess();
  const target = { kind: 'signed', port: server.port, ...account } as const;
  const job = { target, numbers, connections, rate, warmUpSeconds: WARM_UP_SECONDS };
  try {
    say(`live calls before the import, ${rate} a second`);
    const callsBefore = check(await load.run({ ...job, seconds: secondsBefore }));
    say('importing while live calls go on');
    const { loaded, callsDuring } = await importDuring(load, job, data);
    return { loaded, callsBefore, callsDuring };
  } finally {
    load.stop();
    const code = await server.stop();
    if (code !== 0) say(`the server ended with ${code}:\n${server.stderr().slice(-2000)}`);
  }
}

async function importDuring(
  load: LoadProcess,
  job: Parameters<LoadProcess['start']>[0],
  data: string,
): Promise<Pick<ImportFigures, 'loaded' | 'callsDuring'>> {
  const running = await load.start(job);
  const loaded = await measureImport(data, file, rows);
  await sleep(AFTERMATH_MS);
  return { loaded, callsDuring: check(await running.stop()) };
}

/** A figure counts only when every call was answered with what the registry holds. */
function check(result: LoadResult): LoadResult {
  if (result.failed > 0 || result.known !== result.answered)
    throw new Error(`${result.failed} failed, ${result.known} known of ${result.answered} answers`);
  return result;
}
