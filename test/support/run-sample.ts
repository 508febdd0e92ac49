// Runs source code as its language's own tools do, in a directory of its own.

import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SampleLanguage } from '../../src/samples/index.ts';
import { runProgram } from './command-line.ts';
import type { ToolchainName } from './toolchains.ts';

const PACKAGES = new URL('../../node_modules', import.meta.url).pathname;

/** Languages whose samples are executed, with what each needs of the machine. */
export const EXECUTED = {
  curl: { needs: ['curl', 'openssl'], program: 'sh', args: [] },
  node: { needs: [], program: process.execPath, args: [] },
  python: { needs: ['python'], program: 'python3', args: [] },
  go: { needs: ['go'], program: 'go', args: ['run'] },
  java: { needs: ['java'], program: 'java', args: [] },
  php: { needs: ['php'], program: 'php', args: [] },
  ruby: { needs: ['ruby'], program: 'ruby', args: [] },
} as const satisfies Partial<
  Record<
    SampleLanguage,
    { readonly needs: readonly ToolchainName[]; readonly program: string; readonly args: readonly string[] }
  >
>;

export type ExecutedLanguage = keyof typeof EXECUTED;

export interface SourceToRun {
  readonly language: ExecutedLanguage;
  readonly fileName: string;
  readonly code: string;
  /** Where it is written; it stays there. */
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What it printed; throws with its complaint when it failed. */
export async function runSource({
  language,
  fileName,
  code,
  directory,
  env = {},
}: SourceToRun): Promise<string> {
  const { program, args } = EXECUTED[language];
  writeFileSync(join(directory, fileName), code);
  const {
    stdout,
    stderr,
    code: exit,
  } = await runProgram(program, [...args, fileName], {
    cwd: directory,
    // Go keeps what it compiled from one run of the tests to the next; a machine's proxy must not see loopback.
    env: { GOCACHE: join(tmpdir(), 'lineproof-go'), NO_PROXY: '*', LC_ALL: 'C.UTF-8', ...env },
  });
  if (exit !== 0) throw new Error(`${fileName} ended with ${exit}: ${stderr}${stdout}`);
  return stdout;
}

/** So that a sample finds the packages that the project has for its tests. */
export function linkPackages(directory: string): void {
  symlinkSync(PACKAGES, join(directory, 'node_modules'), 'dir');
}
