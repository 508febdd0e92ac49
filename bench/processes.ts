// The processes of a bench: the floor, the load generator, and how much processor time a process has used.

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Job, LoadResult } from './load.ts';
import type { LoadAnswer, LoadOrder } from './load-process.ts';

export interface FloorServer {
  readonly port: number;
  readonly pid: number;
  stop(): void;
}

export function startFloor(
  numbersFile: string,
  token: string,
  nodeArgs: readonly string[],
): Promise<FloorServer> {
  return startServerProgram('floor-server.ts', [numbersFile, token], nodeArgs);
}

/** A program of this folder that says on its first line where it listens. */
export async function startServerProgram(
  name: string,
  args: readonly string[],
  nodeArgs: readonly string[],
): Promise<FloorServer> {
  const program = new URL(name, import.meta.url).pathname;
  const child = spawn(process.execPath, [...nodeArgs, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // As in production: Fastify and its dependencies skip what only development needs.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { listening } = JSON.parse(line) as { listening: string };
  return {
    port: Number(new URL(listening).port),
    pid: child.pid ?? 0,
    stop: () => void child.kill('SIGTERM'),
  };
}

export interface RunningLoad {
  stop(): Promise<LoadResult>;
}

export interface LoadProcess {
  readonly pid: number;
  run(job: Job): Promise<LoadResult>;
  /** Resolves when answers begin to count; the load goes on until it is stopped. */
  start(job: Omit<Job, 'seconds'>): Promise<RunningLoad>;
  stop(): void;
}

/** With no priority of its own: raised, it holds the server's threads off their processor for milliseconds. */
export function startLoadProcess(): LoadProcess {
  const child: ChildProcess = fork(new URL('load-process.ts', import.meta.url).pathname, {
    execArgv: ['--expose-gc', '--max-semi-space-size=16'],
  });
  const send = (message: LoadOrder): void => void child.send(message);
  const order = (job: Job): { counting: Promise<void>; result: Promise<LoadResult> } => {
    const counting = Promise.withResolvers<void>();
    const result = Promise.withResolvers<LoadResult>();
    const hear = (answer: LoadAnswer): void => {
      if (answer.kind === 'counting') {
        counting.resolve();
        return;
      }
      child.off('message', hear);
      if (answer.kind === 'result') result.resolve(answer.result);
      else result.reject(new Error(answer.reason));
    };
    child.on('message', hear);
    send({ job });
    return { counting: counting.promise, result: result.promise };
  };
  return {
    pid: child.pid ?? 0,
    run: (job) => order(job).result,
    async start(job) {
      const { counting, result } = order(job);
      // Whoever stops it is told of a failure then.
      result.catch(() => {});
      await Promise.race([counting, result]);
      return {
        stop() {
          send({ job: undefined });
          return result;
        },
      };
    },
    stop: () => void child.kill(),
  };
}

const TICKS_PER_SECOND = 100;

/** Processor seconds by thread name, newest sum; empty where /proc does not exist. */
export function readThreadSeconds(pid: number): Map<string, number> {
  const seconds = new Map<string, number>();
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const used = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
      const label = Number(thread) === pid ? 'main' : name;
      seconds.set(label, (seconds.get(label) ?? 0) + used);
    }
  } catch {
    return new Map();
  }
  return seconds;
}
