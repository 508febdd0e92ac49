// The table of number ranges as an operator edits it while the server runs: each act is in the audit log before it is done,
// and counts from the next call on.

import { type AccountDesk, DeskError } from '../ports/account-desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { RangeDesk } from '../ports/range-desk.ts';
import { ImportError } from '../sources/registry/import-error.ts';
import { readRanges } from '../sources/registry/read-range-file.ts';
import { writeRanges } from '../sources/registry/write-ranges.ts';
import {
  checkNumberRanges,
  removeNumberRange,
  setNumberRanges,
} from '../storage/sqlite/registry/edit-number-ranges.ts';
import type { OpenNumberRanges } from '../storage/sqlite/registry/open-number-ranges.ts';
import { whenUnlocked } from '../storage/sqlite/when-unlocked.ts';
import { RANGE_ACTIONS } from './ranges.ts';

export interface RangeDeskOptions {
  readonly path: string;
  readonly ranges: Pick<OpenNumberRanges, 'list' | 'lookAgain'>;
  readonly noteAct: AccountDesk['noteAct'];
  readonly clock: Clock;
}

/** The serving thread waits for no import. */
const AT_ONCE = { busyTimeoutMs: 0 };

export function createRangeDesk({ path, ranges, noteAct, clock }: RangeDeskOptions): RangeDesk {
  const find = (prefix: string) => ranges.list().find((range) => range.prefix === prefix);

  async function change(work: () => void): Promise<void> {
    await whenUnlocked(clock, () => orInvalid(work));
    ranges.lookAgain();
  }

  return {
    actions: RANGE_ACTIONS,
    list: ranges.list,
    async set(actor, range) {
      orInvalid(() => checkNumberRanges([range], RANGE_ACTIONS));
      await noteAct(actor, 'ranges.set', range.prefix, find(range.prefix) ?? null, range);
      await change(() => setNumberRanges(path, [range], AT_ONCE));
    },
    async remove(actor, prefix) {
      const before = find(prefix);
      if (before === undefined) throw new DeskError('there is no such range', 'not_found');
      await noteAct(actor, 'ranges.remove', prefix, before, null);
      await change(() => removeNumberRange(path, prefix, AT_ONCE));
    },
    async import(actor, csv, replaces) {
      const read = orInvalid(() => readRanges(csv.replace(/^\uFEFF/, '')));
      orInvalid(() => checkNumberRanges(read, RANGE_ACTIONS, replaces));
      const before = replaces ? { ranges: ranges.list().length } : null;
      await noteAct(actor, replaces ? 'ranges.replace' : 'ranges.set', 'ranges', before, {
        ranges: read.length,
      });
      await change(() => setNumberRanges(path, read, { ...AT_ONCE, replaces }));
      return read.length;
    },
    export: () => writeRanges(ranges.list()),
  };
}

/** What makes no sense is said as the desk says it. */
function orInvalid<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof RangeError || error instanceof ImportError ? new DeskError(error.message) : error;
  }
}
