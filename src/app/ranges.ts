// What an operator does with the table of number ranges. Works while a server reads the same file.

import { existsSync } from 'node:fs';
import { ACTIONS } from '../actions/index.ts';
import type { NumberRange } from '../ports/source.ts';
import { readRangeFile } from '../sources/registry/read-range-file.ts';
import { writeRanges } from '../sources/registry/write-ranges.ts';
import {
  checkNumberRanges,
  listNumberRanges,
  removeNumberRange,
  setNumberRanges,
} from '../storage/sqlite/registry/edit-number-ranges.ts';
import { type AuditOptions, noteAct } from './audit.ts';
import { type MasterKeyOptions, openMasterKey } from './master-key.ts';

/** Actions that a range may be limited to. */
export const RANGE_ACTIONS = ACTIONS.filter(({ input }) => Object.hasOwn(input.properties, 'msisdn')).map(
  ({ name }) => name,
);

export function listRanges(options: MasterKeyOptions): NumberRange[] {
  return listNumberRanges(registryPath(options));
}

/** All or none; throws RangeError when one makes no sense. */
export function setRanges(options: AuditOptions, ranges: readonly NumberRange[]): void {
  checkNumberRanges(ranges, RANGE_ACTIONS);
  const path = registryPath(options);
  noteRanges(options, path, ranges);
  setNumberRanges(path, ranges);
}

/** Throws RangeError as setRanges does; `replaces` takes every other range away. Answers how many there were. */
export function importRanges(options: AuditOptions, file: string, replaces: boolean): number {
  const ranges = readRangeFile(file);
  if (!replaces) {
    setRanges(options, ranges);
    return ranges.length;
  }
  checkNumberRanges(ranges, RANGE_ACTIONS, replaces);
  const path = registryPath(options);
  const before = { ranges: listNumberRanges(path).length };
  noteAct(options, { act: 'ranges.replace', subject: 'ranges', before, after: { ranges: ranges.length } });
  setNumberRanges(path, ranges, { replaces });
  return ranges.length;
}

/** CSV as importRanges takes it, in pieces. */
export function exportRanges(options: MasterKeyOptions): Iterable<string> {
  return writeRanges(listRanges(options));
}

/** False when there was none with this prefix. */
export function removeRange(options: AuditOptions, prefix: string): boolean {
  const path = registryPath(options);
  const before = listNumberRanges(path).filter((range) => range.prefix === prefix);
  if (before.length > 0) noteAct(options, { act: 'ranges.remove', subject: prefix, before });
  return removeNumberRange(path, prefix);
}

/** A file of thousands leaves one entry, which counts them. */
function noteRanges(options: AuditOptions, path: string, ranges: readonly NumberRange[]): void {
  const act = 'ranges.set';
  const [first] = ranges;
  if (ranges.length !== 1 || first === undefined) {
    noteAct(options, { act, subject: 'ranges', after: { ranges: ranges.length } });
    return;
  }
  const before = listNumberRanges(path).find(({ prefix }) => prefix === first.prefix);
  noteAct(options, { act, subject: first.prefix, before, after: first });
}

/** A registry file must not come to be before the master key that belongs to it. */
function registryPath(options: MasterKeyOptions): string {
  if (!existsSync(options.paths.registry)) openMasterKey(options);
  return options.paths.registry;
}
