// The most memory that a process held at once, its threads included: what the kernel remembers of it, read until it ends.

import { readFileSync } from 'node:fs';

const READ_EVERY_MS = 20;

export interface MemoryWatch {
  /** Bytes; undefined where /proc does not exist. */
  stop(): number | undefined;
}

export function watchPeakMemory(pid: number): MemoryWatch {
  let peak = readPeakMemory(pid);
  const timer = setInterval(() => {
    // Nothing is left to read of a process that has ended.
    peak = readPeakMemory(pid) ?? peak;
  }, READ_EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return readPeakMemory(pid) ?? peak;
    },
  };
}

function readPeakMemory(pid: number): number | undefined {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
