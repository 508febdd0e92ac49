import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { Fault } from '../../../domain/fault.ts';
import type { Clock } from '../../../ports/clock.ts';
import { deleteSubscribers } from './delete-subscribers.ts';
import { openSubscriberLoad } from './open-subscriber-load.ts';
import { openSubscriberLookup } from './open-subscriber-lookup.ts';
import { openRegistryFile } from './schema.ts';

const AS_OF = 20_700 as CalendarDate;
let directory = '';
let path = '';
const wake: (() => void)[] = [];
const clock: Clock = { nowMs: () => 0, sleep: () => new Promise((resolve) => wake.push(resolve)) };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lineproof-lookup-'));
  path = join(directory, 'registry.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

async function renew(): Promise<void> {
  for (const resolve of wake.splice(0)) resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

async function load(msisdns: readonly number[], replace = false): Promise<void> {
  const opened = await openSubscriberLoad({ path, replace });
  for (const msisdn of msisdns) {
    opened.add(msisdn, 'normal', undefined, 'mobile', AS_OF, new Uint8Array(16).fill(msisdn), undefined);
  }
  await opened.commit();
}

test('a number is absent while there is no file, and found once a snapshot later there is one', async () => {
  const lookup = openSubscriberLookup({ path, clock });
  assert.equal(lookup.find(1, true), undefined);
  await load([1]);
  await renew();
  assert.deepEqual(lookup.find(1, true), {
    status: 'normal',
    activatedOn: undefined,
    carrier: 'mobile',
    asOf: AS_OF,
    nameHash: new Uint8Array(16).fill(1),
    idCardHash: undefined,
  });
  lookup.close();
});

test('a snapshot does not change under its reader and ends when it is due', async () => {
  await load([1]);
  const lookup = openSubscriberLookup({ path, clock });
  assert.ok(lookup.find(1, true));
  assert.equal(deleteSubscribers(path, [1], { logWaitMs: 10 }).logEmptied, false);
  assert.ok(lookup.find(1, true));
  await renew();
  assert.equal(lookup.find(1, true), undefined);
  lookup.close();
});

test('a load is seen as a whole or not at all', async () => {
  await load([1, 2]);
  const lookup = openSubscriberLookup({ path, clock });
  const opened = await openSubscriberLoad({ path, replace: true });
  for (let msisdn = 3; msisdn <= 5000; msisdn += 1) {
    opened.add(msisdn, 'normal', undefined, '', AS_OF, undefined, undefined);
  }
  await opened.breathe();
  await renew();
  assert.deepEqual(
    [1, 2, 3, 5000].map((n) => lookup.find(n, true) !== undefined),
    [true, true, false, false],
  );
  await renew();
  await opened.commit();
  await renew();
  assert.deepEqual(
    [1, 2, 3, 5000].map((n) => lookup.find(n, true) !== undefined),
    [false, false, true, true],
  );
  lookup.close();
});

test('an aborted load changes nothing', async () => {
  await load([1]);
  const opened = await openSubscriberLoad({ path, replace: true });
  opened.add(2, 'normal', undefined, '', AS_OF, undefined, undefined);
  await opened.abort();
  const lookup = openSubscriberLookup({ path, clock });
  assert.ok(lookup.find(1, true));
  assert.equal(lookup.find(2, true), undefined);
  lookup.close();
});

test('it tells whether there are records, and whether they can be read, and finds them again once they can', async () => {
  const lookup = openSubscriberLookup({ path, clock });
  assert.equal(lookup.presence(), 'absent');
  await load([]);
  await renew();
  assert.equal(lookup.presence(), 'absent');
  await load([1]);
  await renew();
  assert.equal(lookup.presence(), 'present');
  const database = openRegistryFile(path);
  database.exec('ALTER TABLE subscribers RENAME TO hidden');
  await renew();
  assert.equal(lookup.presence(), 'unreadable');
  database.exec('ALTER TABLE hidden RENAME TO subscribers');
  database.close();
  await renew();
  assert.equal(lookup.presence(), 'present');
  assert.ok(lookup.find(1, true));
  lookup.close();
});

test('a file of a newer program is refused at start, an unreadable one is a fault of the source', async () => {
  await load([1]);
  const database = openRegistryFile(path);
  database.exec('DROP TABLE subscribers');
  database.close();
  const lookup = openSubscriberLookup({ path, clock });
  assert.throws(
    () => lookup.find(1, true),
    (error) => error instanceof Fault && error.code === 'source_unavailable',
  );
  lookup.close();
  const newer = openRegistryFile(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  assert.throws(() => openSubscriberLookup({ path, clock }), /newer program/);
});
