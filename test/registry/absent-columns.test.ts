// Merging a file that does not have every column: what it does not name stays, what it leaves empty goes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HEADER, openRegistryBench, type RegistryBench } from './registry-bench.ts';

const ID = '11010519491231002X';
const NAME = '韦小宝';
const KNOWN = `${HEADER}13800138000,normal,2020-01-31,mobile,${NAME},${ID},2026-05-05\n`;

function bench(name: string, run: (bench: RegistryBench) => Promise<void>): void {
  test(name, async () => {
    const opened = openRegistryBench();
    try {
      await opened.import(KNOWN);
      await run(opened);
    } finally {
      opened.close();
    }
  });
}

const show = (b: RegistryBench) => b.show('13800138000', NAME, ID);

bench('an export that is imported again changes nothing', async (b) => {
  const before = await show(b);
  const file = join(b.directory, 'export.csv');
  await b.administration.export(file);
  const result = await b.import(readFileSync(file));
  assert.deepEqual([result.accepted, result.stored], [1, 1]);
  assert.equal(await show(b), before);
  assert.equal(before, 'normal 2020-01-31 mobile 2026-05-05 name:true id:true');
});

bench('CSV: each column that the header does not name stays, each empty cell clears', async (b) => {
  await b.import('msisdn,status,name\n13800138000,suspended,\n');
  assert.equal(await show(b), 'suspended 2020-01-31 mobile 2026-11-21 name:- id:true');
  await b.import('msisdn,status,activated_on,id_card\n13800138000,normal,,\n');
  assert.equal(await show(b), 'normal - mobile 2026-11-21 name:- id:-');
  await b.import(`carrier,name,msisdn,status\n,${NAME},13800138000,normal\n`);
  assert.equal(await show(b), 'normal - - 2026-11-21 name:true id:-');
});

bench('NDJSON: each key that an object does not have stays, null and empty text clear', async (b) => {
  // More rows than one statement takes, of different keys side by side.
  const others = Array.from({ length: 20 }, (_, index) => ({
    msisdn: `139001390${10 + index}`,
    status: 'normal',
    ...(index % 2 === 0 ? { carrier: 'telecom' } : { activated_on: '2021-01-01' }),
  }));
  const rows = [...others, { msisdn: '13800138000', status: 'normal', name: null, carrier: '' }];
  const result = await b.import(rows.map((row) => JSON.stringify(row)).join('\n'));
  assert.deepEqual([result.accepted, result.stored, result.older], [21, 21, 0]);
  assert.equal(await show(b), 'normal 2020-01-31 - 2026-11-21 name:- id:true');
  await b.import(others.map(({ msisdn }) => JSON.stringify({ msisdn, status: 'vacant' })).join('\n'));
  assert.equal(await b.show('13900139010'), 'vacant - telecom 2026-11-21');
  assert.equal(await b.show('13900139029'), 'vacant 2021-01-01 - 2026-11-21');
});

bench('an older row leaves everything as it is, whatever columns it has', async (b) => {
  const result = await b.import('msisdn,status,as_of\n13800138000,cancelled,2026-05-04\n');
  assert.deepEqual([result.stored, result.older], [0, 1]);
  assert.equal(await show(b), 'normal 2020-01-31 mobile 2026-05-05 name:true id:true');
});

bench('--replace keeps nothing of the rows before', async (b) => {
  await b.import('msisdn,status\n13800138000,normal\n', { replace: true });
  assert.equal(await show(b), 'normal - - 2026-11-21 name:- id:-');
});
