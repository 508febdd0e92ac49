// Files that operators sent and then forgot, with a clock that stands still until the test moves it.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createManualClock } from '../../test/support/manual-clock.ts';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { dataPaths } from '../config/data-directory.ts';
import { JobError, type Jobs } from '../ports/jobs.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { openRegistryUploads } from './registry-uploads.ts';

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 2;

function openBench(t: TestContext) {
  const directory = makeTemporaryDirectory({ after: (remove) => t.after(remove) });
  const clock = createManualClock();
  const jobs: Jobs = {
    kinds: [],
    start: () => Promise.reject(new JobError('conflict', 'another one is at work')),
    list: () => [],
    find: () => assert.fail(),
    cancel: () => assert.fail(),
  };
  const open = () =>
    openRegistryUploads({
      ...{ paths: dataPaths(directory), clock, random: systemRandom, jobs, blindIndexKey: Buffer.alloc(32) },
      configuration: {
        ...{ timeZone: 'Asia/Shanghai', registryUploadMaxBytes: 1000, registryUploadsMax: 2 },
        registryUploadKeptMinutes: KEPT_MINUTES,
      },
      noteAct: async () => {},
    });
  const area = join(directory, 'registry-uploads');
  const files = () => (existsSync(area) ? readdirSync(area) : []);
  return { clock, open, files, area };
}

async function* bodyOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
const FILE = 'msisdn,status\n13800138000,normal\n';
const receive = (uploads: ReturnType<typeof openRegistryUploads>) =>
  uploads.receive('operator:root', { chunks: bodyOf(FILE), declaredBytes: undefined }, 'CN');

test('a file that nobody imports is removed after the time that the option gives it, and not before', async (t) => {
  const { clock, open, files } = openBench(t);
  const uploads = open();
  t.after(() => uploads.close());
  const { id } = await receive(uploads);
  for (let minute = 0; minute < KEPT_MINUTES; minute += 1) {
    assert.deepEqual(files(), [id]);
    await clock.whenAsleep(MINUTE_MS);
    clock.advance(MINUTE_MS);
  }
  await clock.whenAsleep(MINUTE_MS);
  assert.deepEqual(files(), []);
  await assert.rejects(uploads.discard('operator:root', id), { code: 'not_found' });
});

test('a file whose import could not begin waits for another try', async (t) => {
  const { open, files } = openBench(t);
  const uploads = open();
  t.after(() => uploads.close());
  const { id } = await receive(uploads);
  const again = () => uploads.import('operator:root', id, { replace: false, region: 'CN' });
  await assert.rejects(again(), JobError);
  await assert.rejects(again(), JobError);
  assert.deepEqual(files(), [id]);
});

test('what a killed server left behind is removed when the next one opens, and everything when it closes', async (t) => {
  const { open, files, area } = openBench(t);
  mkdirSync(area);
  writeFileSync(join(area, 'left'), 'x');
  const uploads = open();
  assert.deepEqual(files(), []);
  await receive(uploads);
  assert.equal(files().length, 1);
  uploads.close();
  assert.deepEqual(files(), []);
});

test('of files that wait the oldest gives way to a new one', async (t) => {
  const { open, files } = openBench(t);
  const uploads = open();
  t.after(() => uploads.close());
  await receive(uploads);
  const kept = [(await receive(uploads)).id, (await receive(uploads)).id];
  assert.deepEqual(files().sort(), kept.sort());
});
