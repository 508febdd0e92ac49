// Replaces the files of a directory by new ones, all or none: a kill at any moment leaves the old ones whole, or a swap
// that is finished later. What is replaced is set aside first and deleted last.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';

/** Holds the new files. From the moment it has this name, the swap is going to be finished. */
const READY = 'restore-ready';
/** The same directory once every old file is out of the way. */
const MOVING = 'restore-moving';
export const SET_ASIDE = 'restore-replaced';
/** A database's log must go with it: left behind, it would be applied to the new file. */
const ENDINGS = ['-wal', '-shm', '-journal', ''];

/** true: the directory's files are neither the old ones nor the new ones until the swap is finished. */
export function isSwapPending(directory: string): boolean {
  return [READY, MOVING].some((name) => existsSync(join(directory, name)));
}

export interface Swap {
  readonly directory: string;
  /** Old files of these names give way, also those of which there is no new one. */
  readonly names: readonly string[];
  /** Of these, only when there is a new one. */
  readonly keptNames: readonly string[];
}

/** `staging` lies in the directory and holds every new file, safely on disk. */
export function* swapFiles(swap: Swap, staging: string): Generator<string> {
  yield moveOver(swap.directory, staging, join(swap.directory, READY));
  yield* finishSwap(swap);
}

/** Does what is left of a swap; nothing when there is none. Each step may be the last one before a kill. */
export function* finishSwap({ directory, names, keptNames }: Swap): Generator<string> {
  const ready = join(directory, READY);
  const moving = join(directory, MOVING);
  const setAside = join(directory, SET_ASIDE);
  if (existsSync(ready)) {
    mkdirSync(setAside, { recursive: true, mode: 0o700 });
    const given = new Set(readdirSync(ready));
    const old = names.filter((name) => given.has(name) || !keptNames.includes(name));
    for (const name of old.flatMap((one) => ENDINGS.map((ending) => `${one}${ending}`))) {
      if (existsSync(join(directory, name)))
        yield moveOver(directory, join(directory, name), join(setAside, name));
    }
    yield moveOver(directory, ready, moving);
  }
  if (existsSync(moving)) {
    for (const name of readdirSync(moving))
      yield moveOver(directory, join(moving, name), join(directory, name));
    rmSync(moving, { recursive: true });
    syncPath(directory);
    yield moving;
  }
  rmSync(setAside, { recursive: true, force: true });
}

export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function moveOver(directory: string, from: string, to: string): string {
  renameSync(from, to);
  syncPath(directory);
  return to;
}
