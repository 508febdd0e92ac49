import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { propertyRuns } from '../../../../test/support/property-runs.ts';
import { makeTemporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import type { UsageCallFilter, UsageCursor } from '../../../ports/usage.ts';
import { scanCalls } from './scan-calls.ts';
import { openUsageFile } from './schema.ts';

const WINDOW_CALLS = 3;
const TIMES = fc.integer({ min: 0, max: 9 });
const MAYBE_TIME = fc.option(TIMES, { nil: undefined });

test('calls from the oldest are those from the newest the other way round, in every period, behind every cursor, over many windows', (t) => {
  const database = openUsageFile(join(makeTemporaryDirectory(t), 'usage.db'));
  t.after(() => database.close());
  const insert = database.prepare(
    `INSERT INTO calls VALUES (?, ?, ?, 0, 1, 'p', 'a', 'r', 'o', '0', 200, 0, 0, 'none', 0, 0, NULL, NULL, NULL, NULL)`,
  );

  function read(filter: UsageCallFilter, from: UsageCursor | undefined, oldestFirst: boolean): UsageCursor[] {
    const read = [];
    for (const window of scanCalls(database, filter, from, oldestFirst, WINDOW_CALLS)) {
      const calls = window.read(WINDOW_CALLS + 1, 0);
      assert.equal(window.count(), calls.length);
      read.push(...calls.map(({ timeMs, id }) => ({ timeMs, id })));
    }
    return read;
  }

  fc.assert(
    fc.property(
      fc.array(fc.record({ account: fc.integer({ min: 1, max: 2 }), timeMs: TIMES }), { maxLength: 25 }),
      fc.record({
        account: fc.option(fc.constant(1), { nil: undefined }),
        fromMs: MAYBE_TIME,
        toMs: MAYBE_TIME,
      }),
      fc.record({ timeMs: TIMES, id: fc.integer({ min: 0, max: 25 }) }),
      (calls, { account, fromMs, toMs }, cursor) => {
        database.exec('DELETE FROM calls');
        for (const [id, call] of calls.entries()) insert.run(call.account, call.timeMs, id);
        const filter = {
          account,
          ...(fromMs === undefined ? {} : { fromMs }),
          ...(toMs === undefined ? {} : { toMs }),
        };
        const wanted = calls
          .map(({ timeMs, ...rest }, id) => ({ timeMs, id, ...rest }))
          .filter((one) => account === undefined || one.account === account)
          .filter(({ timeMs }) => timeMs >= (fromMs ?? 0) && timeMs < (toMs ?? 10))
          .map(({ timeMs, id }) => ({ timeMs, id }))
          .sort((one, other) => one.timeMs - other.timeMs || one.id - other.id);
        const isAfter = (one: UsageCursor) =>
          one.timeMs > cursor.timeMs || (one.timeMs === cursor.timeMs && one.id > cursor.id);
        const isBefore = (one: UsageCursor) =>
          one.timeMs < cursor.timeMs || (one.timeMs === cursor.timeMs && one.id < cursor.id);
        assert.deepEqual(read(filter, undefined, true), wanted);
        assert.deepEqual(read(filter, undefined, false), wanted.toReversed());
        assert.deepEqual(read(filter, cursor, true), wanted.filter(isAfter));
        assert.deepEqual(read(filter, cursor, false), wanted.filter(isBefore).toReversed());
      },
    ),
    propertyRuns(200),
  );
});
