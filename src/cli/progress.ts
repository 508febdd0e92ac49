// A progress bar for long work: drawn on a terminal, a line now and then elsewhere.

import { createRequire } from 'node:module';
import type * as CliProgress from 'cli-progress';

export interface Progress {
  /** Work done so far and in total, in the same unit. */
  update(done: number, total: number): void;
  stop(): void;
}

const LINE_EVERY_PERCENT = 10;

export function createProgress(label: string, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? createBar(label, stream) : createLines(label, stream);
}

function createBar(label: string, stream: NodeJS.WriteStream): Progress {
  // Most commands have none to draw, and would wait for it.
  const { SingleBar } = createRequire(import.meta.url)('cli-progress') as typeof CliProgress;
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage}% | {eta_formatted}`,
    stream,
    hideCursor: true,
  });
  let started = false;
  return {
    update(done, total) {
      if (!started) bar.start(total, 0);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function createLines(label: string, stream: NodeJS.WriteStream): Progress {
  let shown = 0;
  return {
    update(done, total) {
      const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
      if (percent < shown + LINE_EVERY_PERCENT) return;
      shown = percent - (percent % LINE_EVERY_PERCENT);
      stream.write(`${label} ${shown}%\n`);
    },
    stop() {
      // Lines need no cleaning up.
    },
  };
}
