// Every property of the source, and of the ledger's contract, tried many times over. Found by what the tests import, so that
// a new property needs no entry here.

import { globSync, readFileSync } from 'node:fs';
import { multiplyPropertyRuns } from './support/property-runs.ts';

const ROOT = new URL('..', import.meta.url);
/** Has a long test of its own. */
const ELSEWHERE = ['src/protocols/tencent/fuzz.test.ts'];

multiplyPropertyRuns(20);
const paths = globSync('src/**/*.test.ts', { cwd: ROOT })
  .filter((path) => !path.endsWith('.long.test.ts') && !ELSEWHERE.includes(path))
  .filter((path) => /from '(?:fast-check|[./]+\/test\/contract\/[\w.-]+)'/.test(readText(path)));
for (const path of paths.sort()) await import(new URL(path, ROOT).href);

function readText(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}
