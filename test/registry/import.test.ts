// Importing into a registry that a server reads: what wins, what is rejected, what is left behind.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { describeImport } from '../../src/cli/registry-text.ts';
import { MAX_FREE_CARRIERS } from '../../src/sources/registry/carrier-list.ts';
import { HEADER, KEY, openRegistryBench, type RegistryBench } from './registry-bench.ts';

const ID_A = '11010519491231002X';
const ID_B = '340103202308176095';

function bench(name: string, run: (bench: RegistryBench) => Promise<void>): void {
  test(name, async () => {
    const opened = openRegistryBench();
    try {
      await run(opened);
    } finally {
      opened.close();
    }
  });
}

bench('before any import every number is absent, afterwards the same server knows them', async (b) => {
  assert.equal(await b.show('13800138000'), 'absent');
  await b.import(`${HEADER}13800138000,normal,2020-01-31,mobile,韦小宝,${ID_A},2026-11-01\n`);
  assert.equal(await b.show('13800138000'), 'normal 2020-01-31 mobile 2026-11-01');
  assert.equal(await b.show('13800138001'), 'absent');
});

bench(
  'names and ID cards are compared after normalisation, and only when the record holds them',
  async (b) => {
    await b.import(
      `${HEADER}13800138000,normal,,,买买提·艾力,${ID_A.toLowerCase()},\n13800138001,normal,,,,,\n`,
    );
    assert.match(await b.show('13800138000', '买买提•艾力', ID_A), /name:true id:true$/);
    assert.match(await b.show('13800138000', '买买提', ID_B), /name:false id:false$/);
    assert.match(await b.show('13800138001', '买买提', ID_A), /name:- id:-$/);
  },
);

bench('equal names and ID cards leave no two equal hashes, so that frequency tells nothing', async (b) => {
  const rows = Array.from(
    { length: 1000 },
    (_, index) => `${13_800_138_000 + index},normal,2020-01-31,mobile,韦小宝,${ID_A},2026-11-01\n`,
  );
  assert.equal((await b.import(HEADER + rows.join(''))).accepted, 1000);
  const database = new DatabaseSync(b.paths.registry, { readOnly: true });
  const stored = database.prepare('SELECT name_hash, id_card_hash FROM subscribers').all() as {
    name_hash: Uint8Array;
    id_card_hash: Uint8Array;
  }[];
  database.close();
  const hashes = stored.flatMap((row) => [row.name_hash, row.id_card_hash]);
  assert.ok(hashes.every((hash) => hash.length >= 16));
  assert.equal(new Set(hashes.map((hash) => Buffer.from(hash).toString('hex'))).size, 2000);
  // They are hashes of these very elements: every one of them is compared and found equal.
  assert.match(await b.show('13800138999', '韦小宝', ID_A), /name:true id:true$/);
});

bench('merging: the newer as-of date wins, on a tie the later import', async (b) => {
  await b.import(
    `${HEADER}13800138000,normal,,mobile,,,2026-05-05\n13900139000,normal,,mobile,,,2026-05-05\n`,
  );
  const older = await b.import(`${HEADER}13800138000,cancelled,,telecom,,,2026-05-04\n`);
  assert.deepEqual([older.accepted, older.stored, older.older], [1, 0, 1]);
  assert.equal(await b.show('13800138000'), 'normal - mobile 2026-05-05');
  await b.import(`${HEADER}13800138000,suspended,2020-02-29,unicom,,,2026-05-05\n`);
  assert.equal(await b.show('13800138000'), 'suspended 2020-02-29 unicom 2026-05-05');
  assert.equal(await b.show('13900139000'), 'normal - mobile 2026-05-05');
});

bench('within one file the newer as-of date wins, on a tie the later line', async (b) => {
  const result = await b.import(
    `${HEADER}13800138000,normal,,mobile,,,2026-05-05
+8613800138000,cancelled,,telecom,,,2026-05-06
008613800138000,suspended,,unicom,,,2026-05-06
13800138000,vacant,,broadnet,,,2026-05-01
`,
  );
  assert.deepEqual([result.accepted, result.stored, result.repeated], [4, 1, 3]);
  assert.equal(await b.show('13800138000'), 'suspended - unicom 2026-05-06');
});

bench('a row that wins replaces the whole record: what it leaves empty is gone', async (b) => {
  await b.import(`${HEADER}13800138000,normal,2020-01-01,mobile,韦小宝,${ID_A},2026-05-05\n`);
  await b.import(`${HEADER}13800138000,normal,,,,,2026-05-06\n`);
  assert.equal(await b.show('13800138000', '韦小宝', ID_A), 'normal - - 2026-05-06 name:- id:-');
});

bench('--replace swaps the whole registry, whatever its dates, but never for nothing', async (b) => {
  await b.import(`${HEADER}13800138000,normal,,,,,2026-05-05\n13900139000,normal,,,,,2026-05-05\n`);
  await assert.rejects(
    b.import(`${HEADER}not a number,normal,,,,,\n`, { replace: true }),
    /replaced by nothing/,
  );
  assert.equal(await b.show('13900139000'), 'normal - - 2026-05-05');
  await b.import(`${HEADER}13800138000,cancelled,,,,,2020-01-01\n`, { replace: true });
  assert.equal(await b.show('13800138000'), 'cancelled - - 2020-01-01');
  assert.equal(await b.show('13900139000'), 'absent');
});

bench(
  'the first real import replaces the demonstration, the second merges; an import of nothing leaves it',
  async (b) => {
    const row = await b.administration.installDemonstration({ rows: 50, seed: 1, blindIndexKey: KEY });
    assert.ok(row);
    assert.match(await b.show(row.msisdn, row.name, row.idCard), /^normal .* name:true id:true$/);
    await b.import(`${HEADER}123,normal,,,,,\n`);
    assert.equal(b.administration.statistics().demonstration, true);
    await b.import(`${HEADER}13800138000,normal,,,,,\n`);
    assert.deepEqual(
      [b.administration.statistics().rows, b.administration.statistics().demonstration],
      [1, false],
    );
    await b.import(`${HEADER}13900139000,normal,,,,,\n`);
    assert.equal(b.administration.statistics().rows, 2);
  },
);

bench('a demonstration is never mixed into rows of the operator, nor marks them as invented', async (b) => {
  await b.import(`${HEADER}13800138000,normal,,,,,\n`);
  assert.equal(
    await b.administration.installDemonstration({ rows: 50, seed: 1, blindIndexKey: KEY }),
    undefined,
  );
  await b.import(`${HEADER}13900139000,normal,,,,,\n`);
  assert.deepEqual(
    [b.administration.statistics().rows, b.administration.statistics().demonstration],
    [2, false],
  );
});

bench('BOM, CRLF, blank lines, quotes, any column order and unknown columns', async (b) => {
  const result = await b.import(
    `\ufeff\r\n Status ,note,NAME,msisdn\r\nnormal,"several ""odd"",\r\nlines",韦小宝,13800138000\r\n\r\n  \r\nvacant,,,"13900139000"`,
  );
  assert.deepEqual([result.accepted, result.rejected, result.unknownColumns], [2, 0, ['note']]);
  assert.equal(await b.show('13800138000', '韦小宝'), 'normal - - 2026-11-21 name:true');
  assert.equal(await b.show('13900139000'), 'vacant - - 2026-11-21');
});

bench('NDJSON, and either format in gzip', async (b) => {
  const ndjson = `{"msisdn":13800138000,"status":"normal","name":null,"extra":1}\n\n{"msisdn":"+8613900139000","status":"unknown","activated_on":"2020-01-01"}`;
  const plain = await b.import(ndjson);
  assert.deepEqual([plain.accepted, plain.rejected, plain.unknownColumns], [2, 0, ['extra']]);
  const packed = await b.import(gzipSync(ndjson), { replace: true });
  assert.deepEqual([packed.accepted, packed.rejected], [2, 0]);
  assert.equal(await b.show('13900139000'), 'unknown 2020-01-01 - 2026-11-21');
  await b.import(gzipSync(`${HEADER}13800138000,suspended,,,,,\n`));
  assert.equal(await b.show('13800138000'), 'suspended - - 2026-11-21');
});

bench(
  'a damaged gzip file, no header, a doubled column or UTF-16 changes nothing and says why',
  async (b) => {
    await b.import(`${HEADER}13800138000,normal,,,,,\n`);
    const packed = gzipSync(`${HEADER}${'13800138000,cancelled,,,,,\n'.repeat(1000)}`);
    await assert.rejects(b.import(packed.subarray(0, packed.length - 20)), /damaged or cut off/);
    await assert.rejects(b.import('13800138000,normal\n'), /does not name the column msisdn/);
    await assert.rejects(b.import('msisdn,status,msisdn\n'), /occurs twice/);
    await assert.rejects(b.import(''), /empty/);
    await assert.rejects(b.import(Buffer.from('\ufeffmsisdn,status\n', 'utf16le')), /UTF-16/);
    assert.equal(await b.show('13800138000'), 'normal - - 2026-11-21');
  },
);

bench('rejected rows: line, reason and field, nothing of the row, never over an older file', async (b) => {
  const rows = [
    '12345,normal,,,,,',
    '13800138000,Normal,,,,,',
    '13800138000,normal,2021-02-29,,,,',
    '13800138000,normal,2026-11-22,,,,',
    '13800138000,normal,,\u0007,,,',
    '13800138000,normal,,,王2,,',
    '13800138000,normal,,,,110105194912310021,',
    '13800138000,normal,,,,,yesterday',
    '13800138000,normal,,',
    '13800138000,normal,"a"b,,,,',
    `13800138000,normal,,${'x'.repeat(3000)},,,`,
    '13800138000,normal,,,,,2026-11-23',
    '13800138001,normal,,,,,',
    '13800138002,normal,,,"open,,',
  ];
  const bytes = Buffer.concat([
    Buffer.from(HEADER),
    Buffer.from([0x31, 0xff, 0x0a]),
    Buffer.from(rows.join('\n')),
  ]);
  const first = await b.import(bytes, { maxRecordBytes: 1000 });
  assert.deepEqual([first.accepted, first.rejected], [1, 14]);
  const lines = readFileSync(first.rejectedFile ?? '', 'utf8')
    .trimEnd()
    .split('\n');
  assert.deepEqual(
    lines.slice(0, 1).concat(lines.slice(1).sort((x, y) => Number.parseInt(x, 10) - Number.parseInt(y, 10))),
    [
      'line,reason,field',
      '2,encoding_invalid,',
      '3,msisdn_invalid,msisdn',
      '4,status_invalid,status',
      '5,activated_on_invalid,activated_on',
      '6,activated_on_future,activated_on',
      '7,carrier_invalid,carrier',
      '8,name_invalid,name',
      '9,id_card_invalid,id_card',
      '10,as_of_invalid,as_of',
      '11,column_count,',
      '12,quote_invalid,',
      '13,line_too_long,',
      '14,as_of_future,as_of',
      '16,quote_unclosed,',
    ],
  );
  const again = await b.import(bytes, { maxRecordBytes: 1000 });
  assert.notEqual(again.rejectedFile, first.rejectedFile);
  assert.equal(statSync(again.rejectedFile ?? '').mode & 0o777, 0o600);
});

bench('numbers that no range covers are counted, and imported all the same', async (b) => {
  const result = await b.import(
    `${HEADER}+12025550123,normal,,,,,\n13800138000,normal,,,,,\n15412345678,normal,,,,,\n`,
  );
  assert.deepEqual([result.outsideRanges, result.outsidePrefixes], [2, ['+12025', '+86154']]);
  assert.equal(await b.show('+12025550123'), 'normal - - 2026-11-21');
});

bench('the region decides how national numbers are read', async (b) => {
  await b.import(`${HEADER}2025550123,normal,,,,,\n`, { region: 'US' });
  assert.equal(await b.show('+12025550123'), 'normal - - 2026-11-21');
});

bench('a second import in the same directory is refused while the first is at work', async (b) => {
  const first = b.import(`${HEADER}13800138000,normal,,,,,\n`);
  await assert.rejects(b.import(`${HEADER}13800138000,normal,,,,,\n`), /another import is at work/);
  assert.equal((await first).accepted, 1);
});

bench('no name or ID card is in any file that an import leaves, accepted or rejected', async (b) => {
  const names = ['韦小宝', '欧阳询', 'Ada Lovelace'];
  await b.import(
    `${HEADER}13800138000,normal,,,${names[0]},${ID_A},\n13800138001,normal,,,${names[1]},11010519491231002A,\nbad,normal,,,${names[2]},${ID_B},\n`,
  );
  const left = readdirSync(b.paths.directory).filter((name) =>
    statSync(join(b.paths.directory, name)).isFile(),
  );
  assert.ok(left.includes('registry.db'));
  assert.ok(!existsSync(join(b.paths.directory, 'registry-import')));
  for (const name of left) {
    const bytes = readFileSync(join(b.paths.directory, name));
    for (const secret of [
      ...names,
      'ada lovelace',
      'adalovelace',
      ID_A,
      ID_A.toLowerCase(),
      ID_B,
      '11010519491231002',
    ]) {
      assert.ok(!bytes.includes(secret), `${name} holds a name or an ID card`);
    }
  }
  // The search itself works.
  writeFileSync(join(b.paths.directory, 'planted'), `x${ID_A}y`);
  assert.ok(readFileSync(join(b.paths.directory, 'planted')).includes(ID_A));
});

bench('free-text carriers are kept as they are', async (b) => {
  await b.import(`${HEADER}13800138000,normal,,=虚拟运营商 甲,,,\n13800138001,normal,,mobile,,,\n`);
  assert.equal(await b.show('13800138000'), 'normal - =虚拟运营商 甲 2026-11-21');
});

bench(
  'as_of may be tomorrow, as another zone has it already, but a later date cannot win for ever',
  async (b) => {
    await b.import(`${HEADER}13800138000,normal,,,,,2026-11-20\n`);
    const typo = await b.import(`${HEADER}13800138000,cancelled,,,,,2062-11-21\n`);
    assert.deepEqual([typo.accepted, typo.rejectedByReason], [0, { as_of_future: 1 }]);
    const inFile = await b.import(
      `${HEADER}13800138000,vacant,,,,,2026-11-23\n13800138000,suspended,,,,,2026-11-22\n`,
    );
    assert.deepEqual([inFile.accepted, inFile.rejectedByReason], [1, { as_of_future: 1 }]);
    assert.equal(await b.show('13800138000'), 'suspended - - 2026-11-22');
  },
);

bench('rejected rows beyond what is listed are counted in the report and in the list', async (b) => {
  const bad = '1,normal,,,,,\n'.repeat(7);
  const result = await b.import(`${HEADER}13800138000,normal,,,,,\n${bad}`, { maxListedRejects: 3 });
  assert.deepEqual([result.rejected, result.rejectedUnlisted], [7, 4]);
  const lines = readFileSync(result.rejectedFile ?? '', 'utf8')
    .trimEnd()
    .split('\n');
  assert.deepEqual(lines.slice(-2), ['5,msisdn_invalid,msisdn', ',4 more rows were rejected,']);
  assert.match(describeImport(result).join('\n'), /only the first 3 of 7 rejected rows are listed in/m);
});

bench(
  'an import whose list of rejected rows cannot be put in its place has succeeded all the same',
  async (b) => {
    const input = join(b.directory, `${'x'.repeat(250)}.csv`);
    writeFileSync(input, `${HEADER}13800138000,normal,,,,,\n1,normal,,,,,\n`);
    const result = await b.administration.import({ input, blindIndexKey: KEY });
    assert.deepEqual([result.accepted, result.rejected, result.rejectedFile], [1, 1, undefined]);
    assert.match(
      describeImport(result).join('\n'),
      /list of rejected rows could not be written: ENAMETOOLONG/,
    );
    assert.equal(await b.show('13800138000'), 'normal - - 2026-11-21');
  },
);

for (const threads of [1, 3]) {
  bench(
    `as many carriers as a registry keeps are accepted by ${threads} threads, one more refuses the file`,
    async (b) => {
      // Blocks of many rows, so that each thread meets carriers that no other one does.
      const row = (index: number, carrier: number) =>
        `${13_800_000_000 + index},normal,,carrier ${carrier},${'n'.repeat(60)},,\n`;
      const rows = (carriers: number) =>
        Array.from({ length: 40_000 }, (_, index) =>
          row(index, Math.floor((index * carriers) / 40_000)),
        ).join('');
      const full = await b.import(HEADER + rows(MAX_FREE_CARRIERS), { threads });
      assert.deepEqual([full.accepted, full.rejected], [40_000, 0]);
      await assert.rejects(
        b.import(HEADER + rows(MAX_FREE_CARRIERS + 1), { threads, replace: true }),
        /names more than 1000 different carriers/,
      );
      assert.equal(b.administration.statistics().rows, 40_000);
    },
  );
}
