// What the build left: how much a visitor loads before the first page, what is loaded later, and that nothing points elsewhere.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildConsole } from '../../console/build.ts';
import { en } from '../../console/src/i18n/en.ts';
import { zh } from '../../console/src/i18n/zh.ts';

const SOURCE = new URL('../../console/src/', import.meta.url).pathname;
/** Named in the source by their first part alone. */
const COMPOSED = new RegExp(
  `^(?:${[
    String.raw`errors\.`,
    String.raw`services\.question_`,
    String.raw`doctor\.(?:step_|(?:ok|wrong|unknown|differs)$|(?:fits|refused))`,
    String.raw`reference\.blame_`,
    String.raw`sandbox\.section_`,
    String.raw`explorer\.(?:tencent|acedata|lineproof|plain|sdk)$`,
    String.raw`accounts\.(?:active|unverified|suspended|suspend|resume|verify)$`,
    String.raw`nav\.(?:overview|services|explorer|reference|doctor|keys|usage|accounts|light|dark|system)$`,
    String.raw`nav\.(?:sandbox|codes|settings|audit|prices|registry|channels|operators|ledger|operations)$`,
    String.raw`registry\.(?:status|carrier|cell|reason)_`,
    String.raw`ledger\.(?:proven|unsigned|broken)(?:Text)?$`,
    String.raw`jobs\.(?:phase|state)_`,
    String.raw`remarks\.`,
    String.raw`usage\.(?:outcome|fault)s$`,
    String.raw`upkeep\.(?:problems|warnings|soundOnes|age)_`,
    String.raw`upkeep\.(?:problem|warning|registry|sandbox|present|absent|unreadable)$`,
    String.raw`keys\.(?:rotate|disable|delete)(?:Title|Text)?$`,
    String.raw`codes\.(?:status|statusText|delivery|deliveryText|guard|segments)_`,
    String.raw`codes\.(?:phone|email|en|zh|gsm7|ucs2)$`,
    String.raw`people\.(?:kind|state)_`,
    String.raw`operations\.(?:verify|resume)(?:Title|Text)$`,
    String.raw`operations\.(?:rotate|revoke|endSessions|revokeTokens|removeTotp)(?:Text)?$`,
    String.raw`operations\.(?:before|after|phone|email|queue|codes|notices|mail|waiting|running|pending)$`,
    String.raw`operations\.(?:delivered|failed|givenUp|unwanted|dropped)$`,
  ].join('|')})`,
);
const DIST = new URL('../../console/dist/', import.meta.url).pathname;
const INITIAL_MAX_BYTES = 350_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

let manifest: Readonly<Record<string, Chunk>>;
before(async () => {
  await buildConsole();
  manifest = JSON.parse(readFileSync(`${DIST}.vite/manifest.json`, 'utf8'));
});

/** With everything that it imports at once. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const next of manifest[name]?.imports ?? []) filesOf(next, seen);
  return seen;
}

const sizeOf = (names: Iterable<string>): number =>
  [...names]
    .flatMap((name) => [manifest[name]?.file, ...(manifest[name]?.css ?? [])])
    .reduce((sum, file) => sum + gzipSync(readFileSync(DIST + file)).length, 0);
const entry = (): string => Object.keys(manifest).find((name) => manifest[name]?.isEntry === true) ?? '';

test('what is loaded before the first page stays below 350 kB gzipped, also with that page and its texts', () => {
  const initial = filesOf(entry());
  for (const more of ['src/i18n/en.ts', 'src/pages/services/services.tsx']) filesOf(more, initial);
  const bytes = sizeOf(initial);
  assert.ok(bytes > 50_000, 'the manifest is read wrongly');
  assert.ok(bytes <= INITIAL_MAX_BYTES, `${bytes} bytes`);
});

test('every page is a file of its own, and charts are loaded with a chart only', () => {
  const pages = Object.keys(manifest).filter((name) => /^src\/pages\/.*\.tsx$/.test(name));
  assert.ok(pages.length >= 10);
  const charts = pages.filter((page) => /-charts?\.tsx$/.test(page));
  const initial = filesOf(entry());
  const drawing = [...filesOf(charts[0] ?? '')].find(
    (name) => !initial.has(name) && sizeOf([name]) > 100_000,
  );
  assert.ok(drawing !== undefined, 'ECharts is elsewhere');
  for (const name of [entry(), ...pages.filter((page) => !charts.includes(page))])
    assert.ok(!filesOf(name).has(drawing), name);
});

test('the page loads nothing from another host and holds no script or style of its own', () => {
  const page = readFileSync(`${DIST}index.html`, 'utf8');
  for (const [, address = ''] of page.matchAll(/(?:src|href)="([^"]*)"/g))
    assert.ok(address.startsWith('/console/'), address);
  assert.doesNotMatch(page, /<style|<script[^>]*>[^<]/);
});

test('both languages have every text, with the same places to fill, and no page lacks a use for one', () => {
  const textsOf = (texts: object, path = ''): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as [string, string]]
        : textsOf(value, `${path}${key}.`),
    );
  const placesIn = (text: string) => (text.match(/\{\{\w+/g) ?? []).sort().join();
  const chinese = new Map(textsOf(zh));
  const english = textsOf(en);
  assert.deepEqual(
    english.map(([name]) => name),
    [...chinese.keys()],
  );
  const source = globSync('{api,app,pages,parts}/**/*.{ts,tsx}', { cwd: SOURCE })
    .map((path) => readFileSync(SOURCE + path, 'utf8'))
    .join();
  for (const [name, text] of english) {
    assert.equal(placesIn(chinese.get(name) ?? ''), placesIn(text), name);
    assert.ok(COMPOSED.test(name) || source.includes(`'${name}'`), `${name} is used nowhere`);
  }
});

test('files of the console are short, kebab-case, and say at their top what they are for', () => {
  for (const path of globSync('**/*.{ts,tsx}', { cwd: SOURCE })) {
    const text = readFileSync(SOURCE + path, 'utf8');
    assert.ok(text.startsWith('// '), `${path}: no header comment`);
    assert.ok(text.split('\n').length <= 300, `${path}: too long`);
    assert.match(path, /^[a-z0-9-]+(?:\/[a-z0-9-]+)*\.tsx?$/);
  }
});

test('of the server the console takes the room of code samples alone', () => {
  for (const path of globSync('**/*.{ts,tsx}', { cwd: SOURCE }))
    for (const [, taken = ''] of readFileSync(SOURCE + path, 'utf8').matchAll(/'(?:\.\.\/)+src\/([\w-]+)\//g))
      assert.equal(taken, 'samples', path);
});
