// What an operator does with the table of number ranges. Works while a server reads the same file.

import { existsSync } from 'node:fs';
import { ACTIONS } from '../actions/index.ts';
import type { NumberRange } from '../ports/source.ts';
import { readRangeFile } from '../sources/registry/read-range-file.ts';
import {
  checkNumberRange,
  listNumberRanges,
  removeNumberRange,
  setNumberRanges,
} from '../storage/sqlite/registry/edit-number-ranges.ts';
import { type MasterKeyOptions, openMasterKey } from './master-key.ts';

/** Actions that a range may be limited to. */
export const RANGE_ACTIONS = ACTIONS.filter(({ service }) => service !== 'platform').map(({ name }) => name);

export function listRanges(options: MasterKeyOptions): NumberRange[] {
  return listNumberRanges(registryPath(options));
}

/** All or none; throws RangeError when one makes no sense. */
export function setRanges(options: MasterKeyOptions, ranges: readonly NumberRange[]): void {
  for (const range of ranges) checkNumberRange(range, RANGE_ACTIONS);
  setNumberRanges(registryPath(options), ranges);
}

/** Throws RangeError as setRanges does; answers how many there were. */
export function importRanges(options: MasterKeyOptions, file: string): number {
  const ranges = readRangeFile(file);
  setRanges(options, ranges);
  return ranges.length;
}

/** False when there was none with this prefix. */
export function removeRange(options: MasterKeyOptions, prefix: string): boolean {
  return removeNumberRange(registryPath(options), prefix);
}

/** A registry file must not come to be before the master key that belongs to it. */
function registryPath(options: MasterKeyOptions): string {
  if (!existsSync(options.paths.registry)) openMasterKey(options);
  return options.paths.registry;
}
