// Starts the real server as a child process on a free port, and ends it gently or with kill -9.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { mainCommand } from './command-line.ts';

const READY_WITHIN_MS = 30_000;
const ASK_EVERY_MS = 25;
const STOP_WITHIN_MS = 30_000;
const ADDRESS = /https?:\/\/(127\.0\.0\.1|\[::1\]|localhost|0\.0\.0\.0):(\d+)/;

export interface ServerOptions {
  readonly data: string;
  readonly args?: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Without --json the server prints for people, as `npm start` does. */
  readonly json?: boolean;
  readonly cwd?: string;
}

export interface RunningServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Resolves with the exit code of a server that ends by itself. */
  ended(): Promise<number | null>;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { data, args = [], nodeArgs = [], json = true } = options;
  const flags = ['serve', '--port', '0', '--data', data, ...(json ? ['--json'] : []), ...args];
  const child = spawn(process.execPath, mainCommand(flags, nodeArgs), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
  });
  const output = collect(child);
  const exited = once(child, 'exit');
  // A test that dies must not leave a server behind.
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  exited.then(
    () => process.off('exit', end),
    () => {},
  );
  const address = await waitUntilReady(child, output);
  return {
    ...address,
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(end, STOP_WITHIN_MS);
      const [code] = (await exited) as [number | null];
      clearTimeout(late);
      return code;
    },
    async ended() {
      const [code] = (await exited) as [number | null];
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

interface Output {
  stdout: string;
  stderr: string;
}

function collect(child: ChildProcess): Output {
  const output: Output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return output;
}

async function waitUntilReady(
  child: ChildProcess,
  output: Output,
): Promise<{ url: string; host: string; port: number }> {
  for (let waitedMs = 0; waitedMs < READY_WITHIN_MS; waitedMs += ASK_EVERY_MS) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const found = ADDRESS.exec(output.stdout) ?? ADDRESS.exec(output.stderr);
    if (found !== null) {
      const url = found[0];
      // An own certificate is nothing to judge here: the port is ready as soon as it was printed.
      if (url.startsWith('https:') || (await answers(`${url}/readyz`)))
        return { url, host: '127.0.0.1', port: Number(found[2]) };
    }
    await delay(ASK_EVERY_MS);
  }
  child.kill('SIGKILL');
  throw new Error(
    `the server did not become ready (exit ${child.exitCode}):\n${output.stderr}${output.stdout}`,
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
