// What a bench measured, as a JSON file beside the earlier ones.

import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';

/** Answers the path. */
export function writeResults(prefix: string, results: Readonly<Record<string, unknown>>): string {
  const directory = new URL('results/', import.meta.url).pathname;
  mkdirSync(directory, { recursive: true });
  const at = new Date().toISOString();
  const machine = { node: process.version, processors: availableParallelism(), model: cpus()[0]?.model };
  const path = join(directory, `${prefix}${at.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(path, `${JSON.stringify({ at, machine, ...results }, undefined, 2)}\n`);
  return path;
}
