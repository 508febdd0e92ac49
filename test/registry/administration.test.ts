// Export, statistics and deletion, while a server holds a snapshot.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeImport, importSummary } from '../../src/cli/registry-text.ts';
import type { PersonName } from '../../src/domain/person-name.ts';
import { createBlindIndex } from '../../src/sources/registry/blind-index.ts';
import { readRangeFile } from '../../src/sources/registry/read-range-file.ts';
import { readRegistryStatistics } from '../../src/storage/sqlite/registry/read-registry-statistics.ts';
import { HEADER, KEY, openRegistryBench, type RegistryBench } from './registry-bench.ts';

const ROWS = `${HEADER}13800138000,normal,2020-01-31,mobile,韦小宝,11010519491231002X,2026-11-01
13900139000,cancelled,,=HYPERLINK("x"),,,2026-10-01
+12025550123,unknown,2026-10-01,,Ada,,2026-11-20
`;

function bench(name: string, run: (bench: RegistryBench) => Promise<void>): void {
  test(name, async () => {
    const opened = openRegistryBench();
    try {
      await opened.import(ROWS);
      await run(opened);
    } finally {
      opened.close();
    }
  });
}

bench(
  'an export tells status, dates and carrier, of names and ID cards only whether they are held',
  async (b) => {
    const out = join(b.directory, 'out.csv');
    assert.deepEqual(await b.administration.export(out), { rows: 3 });
    assert.equal(
      readFileSync(out, 'utf8'),
      `msisdn,status,activated_on,carrier,as_of,has_name,has_id
'+12025550123,unknown,2026-10-01,,2026-11-20,yes,no
'+8613800138000,normal,2020-01-31,mobile,2026-11-01,yes,yes
'+8613900139000,cancelled,,"'=HYPERLINK(""x"")",2026-10-01,no,no
`,
    );
    assert.equal(statSync(out).mode & 0o777, 0o600);
    assert.ok(!existsSync(`${out}.partial`));
  },
);

bench('an export can be imported again, without what it does not tell', async (b) => {
  const out = join(b.directory, 'out.csv');
  await b.administration.export(out);
  const result = await b.import(readFileSync(out), { replace: true });
  assert.deepEqual([result.accepted, result.rejected, result.unknownColumns], [3, 0, ['has_name', 'has_id']]);
  assert.equal(await b.show('13800138000', '韦小宝'), 'normal 2020-01-31 mobile 2026-11-01 name:-');
});

bench('an export that cannot be written fails and leaves nothing', async (b) => {
  await assert.rejects(b.administration.export(join(b.directory, 'none', 'out.csv')), /ENOENT/);
});

bench('statistics count by status, carrier, tenure and element', async (b) => {
  assert.deepEqual(b.administration.statistics(), {
    rows: 3,
    demonstration: false,
    byStatus: { cancelled: 1, normal: 1, unknown: 1 },
    byCarrier: { '': 1, '=HYPERLINK("x")': 1, mobile: 1 },
    byTenureMonths: { '[0,3)': 1, '[3,6)': 0, '[6,12)': 0, '[12,24)': 0, '[24,+)': 1, none: 1 },
    withName: 2,
    withIdCard: 1,
    asOfOldest: '2026-10-01',
    asOfNewest: '2026-11-20',
  });
});

bench('statistics are the same in slices of any size, and tell how far they are', async (b) => {
  const whole = readRegistryStatistics(b.paths.registry);
  for (const [sliceRows, steps] of [
    [1, [1, 2, 3]],
    [2, [2, 3]],
    [3, [3]],
  ] as const) {
    const done: number[] = [];
    const onRows = (rows: number, total: number): void => {
      assert.equal(total, 3);
      done.push(rows);
    };
    assert.deepEqual(readRegistryStatistics(b.paths.registry, { onRows, sliceRows }), whole);
    assert.deepEqual(done, steps);
  }
});

bench('a deleted number is absent for the server and its hashes are in no file', async (b) => {
  const before = await b.ask('13800138000', '韦小宝');
  assert.equal(before?.nameMatches, true);
  const hash = createBlindIndex(KEY).ofName(8_613_800_138_000, '韦小宝' as PersonName);
  assert.ok(holds(b, hash));
  await b.clock.pass(1000);
  const result = await b.administration.delete('13800138000');
  assert.deepEqual(result, { deleted: 1, absent: 0, invalid: 0, logEmptied: true });
  assert.ok(!holds(b, hash));
  assert.equal(await b.show('13800138000'), 'absent');
  assert.match(await b.show('13900139000'), /^cancelled/);
});

bench('a file names the numbers to delete: plain lines, or the column msisdn', async (b) => {
  const file = join(b.directory, 'numbers');
  writeFileSync(file, '﻿13800138000\r\n\r\nnot a number\n13700137000\n');
  await b.clock.pass(1000);
  assert.deepEqual(await b.administration.delete(file), {
    deleted: 1,
    absent: 1,
    invalid: 1,
    logEmptied: true,
  });
  writeFileSync(file, 'status,msisdn\nx,\'+8613900139000\nx,"+12025550123"\n');
  assert.deepEqual(await b.administration.delete(file), {
    deleted: 2,
    absent: 0,
    invalid: 0,
    logEmptied: true,
  });
  await assert.rejects(b.administration.delete('nothing'), /neither a phone number nor a file/);
});

function holds(b: RegistryBench, bytes: Uint8Array): boolean {
  return readdirSync(b.paths.directory).some((name) =>
    readFileSync(join(b.paths.directory, name)).includes(bytes),
  );
}

bench('a file of ranges is read by its header, and a broken one is refused by line', async (b) => {
  const file = join(b.directory, 'ranges.csv');
  writeFileSync(file, "holder,prefix,actions\r\nmine,'+1202,line-status  line-tenure\r\n\r\nother,+44,\r\n");
  assert.deepEqual(readRangeFile(file), [
    { prefix: '+1202', holder: 'mine', actions: ['line-status', 'line-tenure'] },
    { prefix: '+44', holder: 'other', actions: [] },
  ]);
  writeFileSync(file, 'prefix,holder\n"a"b,c\n');
  assert.throws(() => readRangeFile(file), /line 2/);
  writeFileSync(file, 'a,b\n');
  assert.throws(() => readRangeFile(file), /must name/);
});

bench('what an import says names the ranges that are missing and how to add them', async (b) => {
  const result = await b.import(`${HEADER}+12025550123,normal,,,,,\n1,normal,,,,,\n`);
  const text = describeImport(result).join('\n');
  assert.match(text, /^1 rows accepted, 1 rejected/);
  assert.match(text, /rejected: 1 msisdn_invalid/);
  assert.match(text, /ranges set \+12025 --holder NAME/);
  assert.deepEqual(Object.keys(importSummary(result)).slice(0, 4), [
    'accepted',
    'rejected',
    'rejectedFile',
    'seconds',
  ]);
});

test('looking at a directory without a registry makes none', async () => {
  const b = openRegistryBench();
  try {
    assert.throws(() => b.administration.statistics(), {
      message: `there is no registry in ${b.paths.directory}: check --data, or make one with registry import FILE`,
    });
    assert.deepEqual(await b.administration.delete('13800138000'), {
      deleted: 0,
      absent: 1,
      invalid: 0,
      logEmptied: true,
    });
    await assert.rejects(b.administration.export(join(b.directory, 'x')), /there is no registry in/);
    assert.ok(!existsSync(b.paths.registry));
  } finally {
    b.close();
  }
});
