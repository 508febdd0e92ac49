// Documentation and tables must not drift apart: each test fails when one of them was changed without the other.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ACTIONS } from '../src/actions/index.ts';
import { FAULTS, Fault } from '../src/domain/fault.ts';
import { isRehearsed, REHEARSED_ACTIONS } from '../src/sources/sandbox/answer.ts';
import { createSandbox } from '../src/sources/sandbox/create-sandbox.ts';
import { SANDBOX_TABLE } from '../src/sources/sandbox/table.ts';
import { generateDocs } from '../tools/generate-docs.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');

const FIELD_WORDS = [
  'MSISDN',
  'E.164',
  'subscriber',
  'carrier',
  'serving carrier',
  'range holder',
  'ported',
  'tenure',
  'KYC match',
  'one-time code',
  'source',
  'channel',
  'protocol',
  'outcome',
  'fault',
  'charge',
];

test('the reference pages say what the tables say', async () => {
  assert.deepEqual(await generateDocs({ write: false }), [], 'run `npm run docs`');
});

test('every fault has its line in the reference', () => {
  const page = read('docs/reference/faults.md');
  for (const code of Object.keys(FAULTS)) assert.ok(page.includes(`\`${code}\``), code);
});

test('the sandbox plays every action that asks about a line, and only those', () => {
  const asking = ACTIONS.filter((action) => action.service !== 'platform').map((action) => action.name);
  assert.deepEqual([...REHEARSED_ACTIONS].sort(), asking.sort());
});

test('the sandbox reaches every outcome of every action', async () => {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  const sandbox = createSandbox({ clock, region: 'CN', maxDelayedCalls: 1 });
  for (const action of ACTIONS.filter(({ name }) => isRehearsed(name))) {
    const missing = new Set(Object.keys(action.outcomes));
    for (const { number } of SANDBOX_TABLE) {
      try {
        const answer = await sandbox.rehearse(action.name, { msisdn: number, name: '', idCard: '' });
        missing.delete(answer?.outcome ?? '');
      } catch (error) {
        assert.ok(error instanceof Fault);
        // The actions for one carrier have no result code for the daily limit and show a fault instead.
        if (error.code === 'daily_limit_reached') missing.delete('daily_limit');
      }
    }
    assert.deepEqual([...missing], [], action.name);
  }
});

test('the glossary has the words of the field and of the domain', () => {
  const words = [...read('GLOSSARY.md').matchAll(/\*\*([^*]+)\*\*/g)].map(([, word = '']) =>
    word.toLowerCase(),
  );
  for (const word of FIELD_WORDS) assert.ok(words.includes(word.toLowerCase()), word);
  for (const path of globSync('src/domain/*.ts', { cwd: ROOT })) {
    if (path.endsWith('.test.ts')) continue;
    const concept = path.replace(/^src\/domain\/|\.ts$/g, '').replaceAll('-', ' ');
    assert.ok(words.includes(concept), `the domain has ${concept}, the glossary has not`);
  }
});

test('files that the documents name exist', () => {
  for (const document of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']) {
    for (const [, path = ''] of read(document).matchAll(/`((?:src|test|tools|docs|bench)\/[\w./-]+)`/g)) {
      assert.ok(globSync(path, { cwd: ROOT }).length > 0, `${document} names ${path}`);
    }
  }
});

test('the npm scripts that the documents name exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const document of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md']) {
    for (const [, script = ''] of read(document).matchAll(/npm run (?:-s )?([a-z:-]+)/g)) {
      assert.ok(script in scripts, `${document} names npm run ${script}`);
    }
  }
});
