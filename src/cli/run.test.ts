import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { environmentNameOf, flagOf, OPTIONS, type OptionName, SECRET_OPTIONS } from '../config/options.ts';
import type { Command, CommandContext } from './command.ts';
import { GROUPS } from './groups.ts';
import { loadCommands } from './index.ts';
import { runCommandLine } from './run.ts';

const COMMANDS = await loadCommands();

/** The command line that gives a command all that it demands. */
function lineOf({ name, arguments: named = [], options = [] }: Command): string[] {
  const demanded = options.filter(({ required }) => required === true);
  return [
    ...name.split(' '),
    ...named.filter((argument) => argument.name.startsWith('<')).map(() => 'x'),
    ...demanded.flatMap(({ flags }) => [flags.split(' ')[0] ?? '', 'x']),
  ];
}

const isOwn = ({ options = [] }: Command, name: OptionName): boolean =>
  options.some(({ flags }) => flags.split(' ')[0] === flagOf(name));

/** The configuration that a command would have worked with; it does nothing. */
async function configurationOf(
  command: Command,
  args: readonly string[],
): Promise<{ code: number; seen: CommandContext['configuration'] | undefined }> {
  let seen: CommandContext['configuration'] | undefined;
  const run = (context: CommandContext) => {
    seen = context.configuration;
    return 0;
  };
  const code = await runCommandLine([...lineOf(command), ...args], [{ ...command, run }]);
  return { code, seen };
}

const SETTINGS = {
  timeZone: 'Etc/GMT+12',
  tenureMonths: '0,1',
  registryCoverage: 'complete',
  region: 'US',
  port: '1',
  dailyLimit: '7',
} as const;

test('every command takes the settings as the flags that serve takes, unless it has its own of that name', async (t) => {
  const data = makeTemporaryDirectory(t);
  for (const command of COMMANDS) {
    const given = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).filter(
      (name) => !isOwn(command, name),
    );
    const flags = given.flatMap((name) => [flagOf(name), SETTINGS[name]]);
    const { code, seen } = await configurationOf(command, [...flags, '--data', data]);
    assert.equal(code, 0, command.name);
    for (const name of given) assert.equal(String(seen?.[name]), SETTINGS[name], `${command.name} ${name}`);
  }
});

test('every command says which variable is no setting, and repeats no value', async (t) => {
  const data = makeTemporaryDirectory(t);
  const said: string[] = [];
  t.mock.method(process.stderr, 'write', (text: string) => said.push(text) > 0);
  process.env.LINEPROOF_PROT = 'Zk9Qm3xL';
  t.after(() => delete process.env.LINEPROOF_PROT);
  for (const command of COMMANDS) {
    const { code } = await configurationOf(command, ['--data', data]);
    assert.equal(code, 0, command.name);
    assert.match(said.at(-1) ?? '', /LINEPROOF_PROT .*did you mean LINEPROOF_PORT\?\n$/);
  }
  assert.equal(said.length, COMMANDS.length);
  assert.ok(!said.join('').includes('Zk9Qm3xL'));
});

test('the help of every group says in a sentence what it is for, with two examples of its own commands', async (t) => {
  let said = '';
  t.mock.method(process.stdout, 'write', (text: string) => {
    said += text;
    return true;
  });
  const names = COMMANDS.map(({ name }) => name);
  const prefixes = names.flatMap((name) => {
    const words = name.split(' ');
    return words.slice(1).map((_, index) => words.slice(0, index + 1).join(' '));
  });
  assert.deepEqual([...new Set(prefixes)].sort(), Object.keys(GROUPS).sort());
  for (const [group, { summary, examples }] of Object.entries(GROUPS)) {
    said = '';
    assert.equal(await runCommandLine([...group.split(' '), '--help'], COMMANDS), 0);
    // Wrapped to the width of the terminal.
    assert.ok(said.replaceAll(/\s+/g, ' ').includes(summary), said);
    assert.match(summary, /^[A-Z].{30,}\.$/);
    assert.ok(examples.length >= 2, group);
    for (const example of examples) {
      assert.ok(said.includes(`  lineproof ${example}\n`), said);
      const own = names.some((name) => name.startsWith(`${group} `) && `${example} `.startsWith(`${name} `));
      assert.ok(own, example);
    }
  }
  said = '';
  await runCommandLine(['kms', '--help'], COMMANDS);
  assert.match(said, /lineproof account kms-grant/);
});

test('a first word loads its own commands, all of them and no others; any other word loads every one', async () => {
  const firstOf = ({ name }: Command): string => name.split(' ')[0] ?? '';
  const loaded: Command[] = [];
  for (const word of new Set(COMMANDS.map(firstOf))) {
    const own = await loadCommands(word);
    assert.ok(
      own.every((command) => firstOf(command) === word),
      word,
    );
    loaded.push(...own);
  }
  assert.deepEqual(loaded, COMMANDS);
  for (const word of ['--help', 'acount', '', 'constructor'])
    assert.deepEqual(await loadCommands(word), COMMANDS);
});

test("a command's own flag is no setting", async (t) => {
  const data = makeTemporaryDirectory(t);
  const create = COMMANDS.find(({ name }) => name === 'account create');
  assert.ok(create);
  const { seen } = await configurationOf(create, ['--daily-limit', '7', '--data', data]);
  assert.equal(seen?.dailyLimit, OPTIONS.dailyLimit.default);
});

test('a secret setting is no flag of any command: the error says where it belongs and repeats no value', async (t) => {
  const data = makeTemporaryDirectory(t);
  const said: string[] = [];
  t.mock.method(process.stderr, 'write', (text: string) => said.push(text) > 0);
  for (const command of COMMANDS) {
    for (const name of SECRET_OPTIONS.filter((one) => !isOwn(command, one))) {
      const { code, seen } = await configurationOf(command, [flagOf(name), 'Zk9Qm3xL', '--data', data]);
      assert.equal(code, 2, `${command.name} ${name}`);
      assert.equal(seen, undefined);
      assert.ok(said.at(-1)?.includes(environmentNameOf(name)), `${said.at(-1)}`);
    }
  }
  assert.ok(!said.join('').includes('Zk9Qm3xL'));
});
