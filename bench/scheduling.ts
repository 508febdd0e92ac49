// How the system shares its processors among the threads of a bench. Under the usual, fair scheduling a thread that is woken
// waits for others' time slices, even with a processor idle where the system packs threads onto few of them. In the
// real-time class it runs at once: what is measured then is the servers, as on a machine that has processors to spare.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export const SCHEDULINGS = ['fair', 'real-time'] as const;
export type Scheduling = (typeof SCHEDULINGS)[number];

/** The helpers of the garbage collector and the compilers: what they do is nobody's answer. */
const HELPER = 'node-V8Worker';

/**
 * Every thread of the processes but the runtime's helpers joins the real-time class, those of one priority in turns
 * (`chrt` of util-linux); false where the system does not allow it.
 */
export function makeRealTime(pids: readonly number[]): boolean {
  try {
    return pids
      .flatMap(readThreads)
      .every((thread) => spawnSync('chrt', ['--rr', '--pid', '10', thread]).status === 0);
  } catch {
    return false;
  }
}

function readThreads(pid: number): string[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).filter(
    (thread) => readFileSync(`${tasks}/${thread}/comm`, 'utf8').trim() !== HELPER,
  );
}
