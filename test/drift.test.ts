// Documentation and tables must not drift apart: each test fails when one of them was changed without the other.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ACTIONS } from '../src/actions/index.ts';
import { TENCENT_VIEW } from '../src/app/tencent-view.ts';
import { loadCommands } from '../src/cli/index.ts';
import { OPTIONS } from '../src/config/options.ts';
import { FAULTS, Fault, type FaultCode } from '../src/domain/fault.ts';
import { MANAGEMENT_ERRORS } from '../src/management/route.ts';
import { LINEPROOF_APIS } from '../src/management/verifications/face.ts';
import { ENDPOINTS, MISSING_FAMILIES } from '../src/protocols/acedata/endpoints.ts';
import { ERRORS, writeError } from '../src/protocols/acedata/faults.ts';
import { WIRE_ERRORS } from '../src/protocols/tencent/faults.ts';
import { MISSING_ACTIONS, WIRE_ACTIONS } from '../src/protocols/tencent/wire-actions.ts';
import { isRehearsed, REHEARSED_ACTIONS } from '../src/sources/sandbox/answer.ts';
import { CONTACT_ACTIONS } from '../src/sources/sandbox/contact-row.ts';
import { createSandbox } from '../src/sources/sandbox/create-sandbox.ts';
import { REHEARSED_VERIFICATIONS } from '../src/sources/sandbox/rehearse-verification.ts';
import { SANDBOX_TABLE } from '../src/sources/sandbox/table.ts';
import { CONTACT_TABLE } from '../src/sources/sandbox/table-contacts.ts';
import { isLiveFault } from '../tools/docs/fault-origins.ts';
import { findLiveWords } from '../tools/docs/live-words.ts';
import { readManagementTable } from '../tools/docs/management-view.ts';
import { generateDocs } from '../tools/generate-docs.ts';

const COMMANDS = await loadCommands();

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

test('the sandbox plays every action that asks about a line or a contact, and only those', () => {
  const asking = ACTIONS.filter((action) => action.service !== 'platform').map((action) => action.name);
  const played = [...REHEARSED_ACTIONS, ...Object.keys(CONTACT_ACTIONS), ...REHEARSED_VERIFICATIONS];
  assert.deepEqual(played.sort(), asking.sort());
});

test('the sandbox reaches every outcome of every action', async () => {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  const sandbox = createSandbox({ clock, region: 'CN', maxDelayedCalls: 1 });
  // What was started is checked: rehearse-verification.test.ts goes that way.
  const inSteps = new Set<string>(REHEARSED_VERIFICATIONS);
  for (const action of ACTIONS.filter(({ name, service }) => service !== 'platform' && !inSteps.has(name))) {
    const missing = new Set(Object.keys(action.outcomes));
    for (const { number } of [...SANDBOX_TABLE, ...CONTACT_TABLE]) {
      const ofLine = { msisdn: number, name: '', idCard: '' };
      const ofContact = { type: 1, contact: number, verifyCode: '123456' };
      try {
        const answer = await sandbox.rehearse(action.name, isRehearsed(action.name) ? ofLine : ofContact);
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
  const plain = words.map((word) => word.replaceAll('-', ' '));
  for (const word of FIELD_WORDS) assert.ok(words.includes(word.toLowerCase()), word);
  for (const path of globSync('src/domain/*.ts', { cwd: ROOT })) {
    if (path.endsWith('.test.ts')) continue;
    const concept = path.replace(/^src\/domain\/|\.ts$/g, '').replaceAll('-', ' ');
    assert.ok(plain.includes(concept), `the domain has ${concept}, the glossary has not`);
  }
});

test('ARCHITECTURE.md is two pages: map and walk, with a reason for every package', () => {
  const text = read('ARCHITECTURE.md');
  assert.ok(text.split('\n').length <= 100);
  for (const manifest of ['package.json', 'console/package.json']) {
    const { dependencies, devDependencies } = JSON.parse(read(manifest)) as Record<string, object>;
    for (const name of Object.keys({ ...dependencies, ...devDependencies }))
      if (!name.startsWith('@types/')) assert.ok(text.includes(`\`${name}\``), name);
  }
});

test('no document has a section or a decision twice', () => {
  for (const path of globSync(['*.md', 'docs/*.md'], { cwd: ROOT })) {
    // Each release in the changelog has an 'Added' of its own.
    const opening = path === 'CHANGELOG.md' ? /^- \*\*.+?\*\*/gm : /^(?:- \*\*.+?\*\*|## .+)/gm;
    const openings = [...read(path).matchAll(opening)].map(([text]) => text);
    assert.deepEqual(
      openings.filter((text, index) => openings.indexOf(text) !== index),
      [],
      path,
    );
  }
});

test('files that the documents name exist', () => {
  for (const document of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/decisions.md']) {
    for (const [, path = ''] of read(document).matchAll(/`((?:src|test|tools|docs|bench)\/[\w./-]+)`/g)) {
      assert.ok(globSync(path, { cwd: ROOT }).length > 0, `${document} names ${path}`);
    }
  }
});

test('the npm scripts that the documents name exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const document of ['README.md', 'docs/decisions.md', 'CONTRIBUTING.md', 'SECURITY.md']) {
    for (const [, script = ''] of read(document).matchAll(/npm run (?:-s )?([a-z:-]+)/g)) {
      assert.ok(script in scripts, `${document} names npm run ${script}`);
    }
  }
});

test('the commands that the documents name exist, with every flag', () => {
  const names = new Set(COMMANDS.map(({ name }) => name));
  for (const document of ['README.md', 'SECURITY.md', 'docs/reference/number-ranges.md']) {
    for (const [, line = ''] of read(document).matchAll(/npm run -s lineproof -- ([^\n`]+)/g)) {
      const [first = '', second = ''] = line.split(' ');
      const command = COMMANDS.find(({ name }) => name === `${first} ${second}` || name === first);
      const isGroup = second.startsWith('-') && [...names].some((name) => name.startsWith(`${first} `));
      assert.ok(command !== undefined || isGroup, `${document} names ${line}`);
      const known = new Set(['--data', '--config', '--json', '--help']);
      for (const { flags } of command?.options ?? []) known.add(/--[a-z-]+/.exec(flags)?.[0] ?? '');
      for (const [flag] of line.matchAll(/--[a-z-]+/g)) assert.ok(known.has(flag), `${document}: ${line}`);
    }
  }
});

test('every management call and error is on its page, in both languages, and every call has an example', () => {
  const page = read('docs/reference/management.md');
  const routes = readManagementTable();
  assert.ok(routes.length > 40);
  for (const { name, method, path, summary, examples } of routes) {
    assert.ok(page.includes(`### ${name}\n`) && page.includes(`\`${method} ${path}\``), name);
    assert.ok(page.includes(summary.en) && page.includes(summary.zh), name);
    assert.match(summary.zh, /\p{Script=Han}/u, name);
    assert.ok(examples.length > 0, name);
  }
  for (const code of Object.keys(MANAGEMENT_ERRORS)) assert.ok(page.includes(`| \`${code}\` |`), code);
});

test('every command has an example, and examples name commands that exist', () => {
  for (const { name, examples } of COMMANDS) {
    assert.ok(examples.length > 0, name);
    for (const example of examples) assert.ok(example.startsWith(name), `${name}: ${example}`);
  }
});

test('every option has its line in the reference', () => {
  const page = read('docs/reference/options.md');
  for (const name of Object.keys(OPTIONS)) assert.ok(page.includes(`| \`${name}\` |`), name);
});

test('every action that is ever charged has its price, and every price belongs to one', () => {
  const charged = ACTIONS.filter(({ outcomes }) =>
    Object.values(outcomes).some((row) => row?.charged === true),
  );
  const keys = charged.flatMap(({ priceKey }) => ['0', '1'].map((verifyMode) => priceKey({ verifyMode })));
  assert.deepEqual([...new Set(keys)].sort(), Object.keys(OPTIONS.prices.default).sort());
});

test('every action of the catalogue has a name on the wire, and what the vendor has beside them is listed', () => {
  const mapped = [...WIRE_ACTIONS, ...LINEPROOF_APIS].map(({ action }) => action);
  assert.deepEqual([...mapped].sort(), ACTIONS.map(({ name }) => name).sort());
  const coverage = read('docs/reference/coverage.md');
  for (const { name } of [...WIRE_ACTIONS, ...MISSING_ACTIONS])
    assert.ok(coverage.includes(`\`${name}\``), name);
});

test('DIVERGENCES.md names the error codes that no live request can cause, and no others', () => {
  const live = new Set<string>();
  const dead = new Set<string>();
  for (const fault of Object.keys(FAULTS) as FaultCode[]) {
    dead.add(WIRE_ERRORS[fault].code);
    for (const wire of TENCENT_VIEW.actions) {
      const isLive = isLiveFault(TENCENT_VIEW, wire, fault);
      (isLive ? live : dead).add(TENCENT_VIEW.errorOf(fault, {}, wire).code);
    }
  }
  const [, section = ''] = read('src/protocols/tencent/DIVERGENCES.md').split(
    '## Codes that no live request causes',
  );
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((line) => (line.split('|')[1] ?? '').match(/[A-Z][\w.]+/g) ?? []);
  assert.deepEqual(named.sort(), [...dead].filter((code) => !live.has(code)).sort());
});

test("AceData's calls and codes are on its page, and those that no live request can cause in its DIVERGENCES.md", () => {
  const page = read('docs/reference/acedata.md');
  for (const { path } of ENDPOINTS) assert.ok(page.includes(`POST ${path}`), path);
  for (const family of MISSING_FAMILIES) assert.ok(page.includes(family), family);
  const live = findLiveWords(ROOT, 'acedata');
  const codes = Object.keys(FAULTS) as FaultCode[];
  const liveCodes = new Set<string>(
    codes.filter((code) => live.faults.has(code)).map((code) => writeError(code, {}).code),
  );
  const text = read('src/protocols/acedata/DIVERGENCES.md');
  const [, unreachable = ''] = text.split('## Codes that no live request causes');
  for (const code of Object.keys(ERRORS)) {
    assert.ok(page.includes(`| \`${code}\` |`), code);
    assert.equal(unreachable.includes(`\`${code}\``), !liveCodes.has(code), code);
  }
});
