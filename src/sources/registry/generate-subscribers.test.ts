import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { parseCalendarDate } from '../../domain/calendar-date.ts';
import { parseIdCard } from '../../domain/id-card.ts';
import { MAINLAND_RANGES } from '../../domain/mainland-ranges.ts';
import { parseMsisdn } from '../../domain/msisdn.ts';
import { parsePersonName } from '../../domain/person-name.ts';
import { CARRIERS, LINE_STATUSES } from '../../domain/subscriber.ts';
import { formatSyntheticRow, generateSubscribers, SYNTHETIC_HEADER } from './generate-subscribers.ts';
import { writeSyntheticRows } from './write-synthetic-rows.ts';

const rowsOf = (rows: number, seed: number) => [...generateSubscribers({ rows, seed })];

test('the same seed gives the same rows, another seed other rows', () => {
  assert.deepEqual(rowsOf(500, 42), rowsOf(500, 42));
  assert.notDeepEqual(rowsOf(500, 42), rowsOf(500, 43));
  assert.notDeepEqual(rowsOf(500, 42), rowsOf(500, 42 + 2 ** 32));
});

test('fewer rows of one seed are the beginning of more rows', () => {
  assert.deepEqual(rowsOf(10, 5), rowsOf(1000, 5).slice(0, 10));
});

test('every cell is valid, every number in a mainland range and different', () => {
  const rows = rowsOf(20_000, 1);
  assert.equal(new Set(rows.map(({ msisdn }) => msisdn)).size, rows.length);
  const newest = parseCalendarDate('2026-11-01') ?? 0;
  for (const row of rows) {
    assert.ok(parseMsisdn(row.msisdn, 'CN'));
    assert.ok(MAINLAND_RANGES.some(({ digits }) => row.msisdn.startsWith(digits)));
    assert.ok(row.name === '' || parsePersonName(row.name) === row.name, row.name);
    assert.ok(row.idCard === '' || parseIdCard(row.idCard) === row.idCard, row.idCard);
    assert.ok(row.carrier === '' || (CARRIERS as readonly string[]).includes(row.carrier));
    const asOf = parseCalendarDate(row.asOf);
    assert.ok(asOf !== undefined && asOf <= newest);
    if (row.activatedOn !== '') assert.ok((parseCalendarDate(row.activatedOn) ?? newest + 1) <= asOf);
  }
});

test('nobody was under 16 when the line was activated, and some were not much older', () => {
  const ages = rowsOf(20_000, 6)
    .filter(({ activatedOn, idCard }) => activatedOn !== '' && idCard !== '')
    .map(({ activatedOn, idCard }) =>
      Math.floor((Number(activatedOn.replaceAll('-', '')) - Number(idCard.slice(6, 14))) / 10_000),
    );
  assert.ok(ages.length > 10_000);
  const youngest = ages.reduce((least, age) => Math.min(least, age));
  assert.ok(youngest >= 16 && youngest < 20, `the youngest was ${youngest}`);
});

test('the first seven rows show every status, and the first has every element', () => {
  for (const seed of [0, 1, 2026]) {
    const rows = rowsOf(7, seed);
    assert.deepEqual(
      rows.map(({ status }) => status),
      [...LINE_STATUSES],
    );
    assert.ok(Object.values(rows[0] ?? {}).every((cell) => cell !== ''));
  }
});

test('statuses, carriers and gaps occur in plausible shares', () => {
  const rows = rowsOf(20_000, 3);
  const share = (has: (row: (typeof rows)[number]) => boolean) => rows.filter(has).length / rows.length;
  assert.ok(Math.abs(share(({ status }) => status === 'normal') - 0.88) < 0.02);
  for (const status of LINE_STATUSES) assert.ok(share((row) => row.status === status) > 0.005, status);
  for (const carrier of CARRIERS) assert.ok(share((row) => row.carrier === carrier) > 0.01, carrier);
  assert.ok(share(({ name }) => name === '') < 0.15);
  assert.ok(share(({ activatedOn }) => activatedOn === '') < 0.1);
});

test('what is streamed is the header and the rows, also to a slow reader', async () => {
  let text = '';
  const slow = new Writable({
    highWaterMark: 10,
    write(chunk, _encoding, done) {
      text += String(chunk);
      setImmediate(done);
    },
  });
  await writeSyntheticRows(slow, { rows: 9000, seed: 8 });
  await new Promise<void>((resolve) => slow.end(resolve));
  assert.equal(text, SYNTHETIC_HEADER + rowsOf(9000, 8).map(formatSyntheticRow).join(''));
});
