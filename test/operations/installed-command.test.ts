// bin/lineproof.mjs, the command that `npm link` puts on the path: whatever Node starts it, the project's own runs the
// program.

import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { loadCommands } from '../../src/cli/index.ts';
import { runProgram } from '../support/command-line.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const COMMANDS = await loadCommands();

const PROGRAM = new URL('../../bin/lineproof.mjs', import.meta.url).pathname;
/** Takes from the program what Node 20.0 to 20.10 do not have. */
const OLD_NODE = `
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith('/bin/lineproof.mjs')) return loaded;
      const text = String(loaded.source).replace(/^#!.*/, 'delete import.meta.dirname; delete import.meta.filename;');
      return { ...loaded, source: text };
    },
  });`;

const directory = makeTemporaryDirectory({ after });

async function assertHelps(nodeArgs: readonly string[], program: string): Promise<void> {
  const args = [...nodeArgs, program, '--help'];
  const { code, stdout, stderr } = await runProgram(process.execPath, args, { cwd: directory });
  assert.equal(code, 0, stderr);
  for (const { name } of COMMANDS) assert.match(stdout, new RegExp(`^  ${name.split(' ')[0]}\\b`, 'm'));
}

test('the installed command names every command', () => assertHelps([], PROGRAM));

test('it says its version, which is that of the package', async () => {
  const { code, stdout } = await runProgram(process.execPath, [PROGRAM, '--version']);
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  assert.deepEqual([code, stdout], [0, `${version}\n`]);
});

test('it is found behind the link that npm makes, from any directory', async () => {
  const link = join(directory, 'lineproof');
  symlinkSync(PROGRAM, link);
  await assertHelps([], link);
});

test('in a checkout it runs by its own name', async () => {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const { code, stderr } = await runProgram(PROGRAM, ['--help'], { cwd: directory, env: { PATH: path } });
  assert.equal(code, 0, stderr);
});

test('it needs nothing of Node that 20.0 does not have', () =>
  assertHelps(['--import', `data:text/javascript,${encodeURIComponent(OLD_NODE)}`], PROGRAM));

test('it ends with the exit code of the command', async () => {
  const { code } = await runProgram(process.execPath, [PROGRAM, 'no-such-command'], { cwd: directory });
  assert.equal(code, 2);
});
