// Runs the real command line as a child process, the way an operator does.

import { type ChildProcess, spawn } from 'node:child_process';

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;
const DEADLINE_MS = 120_000;
/** What `npm start` and the installed command give to Node. */
export const NODE_ARGS: readonly string[] = ['--max-semi-space-size=32', '--no-parallel-scavenge'];

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly nodeArgs?: readonly string[];
  /** What it reads from standard input. */
  readonly input?: string;
  readonly deadlineMs?: number;
  /** To watch the process, or to end it, while it works. */
  onStart?(child: ChildProcess): void;
}

export function mainCommand(args: readonly string[], nodeArgs: readonly string[] = []): readonly string[] {
  return [...nodeArgs, MAIN, ...args];
}

export function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runProgram(process.execPath, mainCommand(args, options.nodeArgs), options);
}

export function runProgram(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
      timeout: options.deadlineMs ?? DEADLINE_MS,
      killSignal: 'SIGKILL',
    });
    // A command may end without reading.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    options.onStart?.(child);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** Runs a command with --json and gives what it printed; throws with its words when it failed. */
export async function runJson(args: readonly string[], options: CommandOptions = {}): Promise<unknown> {
  const { code, stdout, stderr } = await runCommand([...args, '--json'], options);
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout);
}
