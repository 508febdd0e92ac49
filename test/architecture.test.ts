// The layer and house rules of ARCHITECTURE.md and CONTRIBUTING.md, held by reading the source.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findNameBreaches, findTextBreaches, isProduct } from './house/house-rules.ts';
import { findCycles, findLayerBreaches } from './house/layers.ts';
import { readSource } from './house/source-text.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const FOLDERS = ['src', 'test', 'tools', 'bench'];
const MAX_MEDIAN_LINES = 100;

const paths = globSync(
  FOLDERS.map((folder) => `${folder}/**/*.ts`),
  { cwd: ROOT },
).sort();
const files = paths.map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));
const source = files.filter(({ path }) => path.startsWith('src/'));
const product = source.filter(({ path }) => isProduct(path));

test('the rules look at the whole source', () => {
  assert.ok(product.length > 30);
  assert.ok(product.some(({ path }) => path === 'src/core/execute.ts'));
});

test('dependencies point one way and siblings do not know each other', () => {
  assert.deepEqual(product.flatMap(findLayerBreaches), []);
});

test('there is no import cycle', () => {
  assert.deepEqual(findCycles(product), []);
});

test('names are kebab-case and say something', () => {
  assert.deepEqual(paths.flatMap(findNameBreaches), []);
});

test('files are short, have a header comment, take time and chance from ports, and the domain is pure', () => {
  assert.deepEqual(source.flatMap(findTextBreaches), []);
});

test('half of the files fit on a screen or two', () => {
  const lengths = product.map(({ text }) => text.split('\n').length - 1).sort((a, b) => a - b);
  assert.ok((lengths[Math.floor(lengths.length / 2)] ?? 0) <= MAX_MEDIAN_LINES);
});

test('imports are found in every form, and only in code', () => {
  const text = [
    "import a from './a.ts';",
    "import type { B } from './b.ts';",
    "export { c } from './c.ts';",
    "import './d.ts';",
    "const e = await import('./e.ts');",
    "import {\n  f,\n} from './f.ts';",
    "// import g from './g.ts';",
    "/* import './h.ts' */",
    'const i = "import \'./i.ts\'";',
    `const j = \`\${await import('./j.ts')} import './k.ts'\`;`,
    "const l = /'import/;",
    "import m from './m.ts';",
    "const n = process.getBuiltinModule('node:n');",
  ].join('\n');
  const expected = ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts', './j.ts', './m.ts', 'node:n'];
  assert.deepEqual(readSource(text).imports, expected);
  const ofTypes = new Set(['./b.ts']);
  assert.deepEqual(
    readSource(text).loads,
    expected.filter((specifier) => !ofTypes.has(specifier)),
  );
});

test('a planted breach of a layer is found', () => {
  const planted: readonly (readonly [string, string])[] = [
    ['src/domain/x.ts', "import type { Call } from '../core/call.ts';"],
    ['src/domain/x.ts', "import { hash } from 'node:crypto';"],
    ['src/ports/x.ts', "import { FAULTS } from '../core/execute.ts';"],
    ['src/core/x.ts', "import { ACTIONS } from '../actions/index.ts';"],
    ['src/core/x.ts', "const a = await import('../actions/index.ts');"],
    ['src/actions/x.ts', "import '../protocols/tencent/index.ts';"],
    ['src/sources/registry/x.ts', "import { SANDBOX_TABLE } from '../sandbox/table.ts';"],
    ['src/sources/registry/x.ts', "import { open } from '../../storage/sqlite/open-database.ts';"],
    ['src/storage/sqlite/x.ts', "import { createPipeline } from '../../core/execute.ts';"],
    ['src/protocols/tencent/x.ts', "import '../acedata/index.ts';"],
    ['src/codecs/x.ts', "import type { Clock } from '../ports/clock.ts';"],
    ['src/core/x.ts', "import { connect } from 'node:net';"],
    ['src/core/x.ts', "const http = process.getBuiltinModule('node:http');"],
    ['src/cli/x.ts', "import fastify from 'fastify';"],
    ['src/outbound/x.ts', "import fastify from 'fastify';"],
    ['src/outbound/x.ts', "import { listen } from '../server/listen.ts';"],
    ['src/channels/webhook/x.ts', "import { request } from 'node:https';"],
    ['src/channels/webhook/x.ts', "import { createTransport } from '../../outbound/create-transport.ts';"],
    ['src/core/x.ts', "import { lookup } from 'node:dns/promises';"],
    ['src/cli/x.ts', "import type { Log } from '../server/log.ts';"],
    ['src/cli/x.ts', "import { ACTIONS } from '../actions/index.ts';"],
    ['src/cli/x.ts', "import { openLedgerFile } from '../storage/sqlite/ledger/schema.ts';"],
    ['src/server/x.ts', "import { WIRE_ERRORS } from '../protocols/tencent/faults.ts';"],
    ['src/server/x.ts', "import { OPTIONS } from '../config/options.ts';"],
    ['src/odd/x.ts', ''],
    ['src/core/x.ts', "import '../../test/house/layers.ts';"],
    ['src/server/x.ts', "import '../app.ts';"],
  ];
  for (const [path, text] of planted)
    assert.equal(findLayerBreaches({ path, text }).length, 1, `${path}: ${text}`);
});

test('what the layers allow is not reported', () => {
  const allowed: readonly (readonly [string, string])[] = [
    [
      'src/sources/registry/x.ts',
      "import './y.ts'; import '../../ports/source.ts'; import '../../codecs/csv.ts';",
    ],
    ['src/server/x.ts', "import { createServer } from 'node:http'; import '../ports/clock.ts';"],
    ['src/outbound/x.ts', "import { request } from 'node:https'; import '../ports/transport.ts';"],
    ['src/app.ts', "import './sources/sandbox/create-sandbox.ts'; import './server/listen.ts';"],
    ['src/cli/x.ts', "import '../app.ts'; import '../app/ledger.ts'; import '../config/options.ts';"],
    ['src/main.ts', "import './cli/index.ts';"],
  ];
  for (const [path, text] of allowed) assert.deepEqual(findLayerBreaches({ path, text }), []);
});

test('a planted cycle is found', () => {
  const cycle = [
    { path: 'src/a.ts', text: "import './b.ts';" },
    { path: 'src/b.ts', text: "import './c/d.ts';" },
    { path: 'src/c/d.ts', text: "import '../b.ts';" },
  ];
  assert.deepEqual(findCycles(cycle), ['src/b.ts -> src/c/d.ts -> src/b.ts']);
  const ofTypes = cycle.map(({ path, text }) => ({
    path,
    text: text.replace('import ', 'import type { T } from '),
  }));
  assert.deepEqual(findCycles(ofTypes), []);
});

test('a planted breach of a house rule is found', () => {
  const header = '// What it is for.\n';
  const planted: readonly (readonly [string, string])[] = [
    ['src/core/x.ts', 'export {};\n'],
    ['src/core/x.ts', `${'// Too long.\n'.repeat(6)}export {};\n`],
    ['src/core/x.ts', `${header}const a = Date.now();\n`],
    ['src/server/x.ts', `${header}import http, {\n  Agent,\n} from 'node:http';\n`],
    ['src/core/x.ts', `${header}const a = new Date();\n`],
    ['src/core/x.ts', `${header}const a = randomUUID();\n`],
    ['src/core/x.ts', `${header}console.log(1);\n`],
    ['src/domain/x.ts', `${header}export async function f() {}\n`],
    ['src/core/x.ts', `${header}// ${'TO'}DO later\n`],
    ['src/core/x.ts', `${header}${'\n'.repeat(400)}`],
  ];
  for (const [path, text] of planted)
    assert.equal(findTextBreaches({ path, text }).length, 1, text.slice(0, 80));
  assert.deepEqual(
    findTextBreaches({ path: 'src/runtime/x.ts', text: `${header}const a = Date.now();\n` }),
    [],
  );
  assert.deepEqual(
    findTextBreaches({ path: 'src/core/x.ts', text: `${header}const a = new Date(0); // Date.now()\n` }),
    [],
  );
  for (const name of ['src/utils/x.ts', 'src/core/helpers.ts', 'src/core/myFile.ts', 'src/core/my_file.ts']) {
    assert.equal(findNameBreaches(name).length, 1, name);
  }
});
