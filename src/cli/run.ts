// Runs one command line: options into a context, errors into exit codes (0 ok, 1 failed, 2 wrong usage).

import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { Command as CommanderCommand, CommanderError } from 'commander';
import { nameDamagedFile } from '../app/damaged-file.ts';
import { finishInterruptedRestore, isRestoreInterrupted } from '../app/restore.ts';
import { nameUnusableDirectory } from '../app/unusable-directory.ts';
import { VERSION } from '../app/version.ts';
import { type DataPaths, dataPaths } from '../config/data-directory.ts';
import { ConfigurationError, loadConfiguration } from '../config/load.ts';
import { describeUnknownSetting, findUnknownSettings } from '../config/unknown-settings.ts';
import { checkDirectoryPath } from '../config/usable-directory.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { type Command, type CommandContext, CommandError, type OptionValues, UsageError } from './command.ts';
import { GROUPS } from './groups.ts';
import { createOutput, outliveReaders } from './output.ts';
import { readSettingFlags, type SettingFlags, settingFlags } from './setting-flags.ts';

const OK = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
const PROGRAM = 'lineproof';

/** What a command line reads and writes: the process itself, or streams of whoever runs it within another. */
export type Surroundings = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'>;

/** One command line on its way. */
interface Run {
  readonly argv: readonly string[];
  readonly surroundings: Surroundings;
  code: number;
}

export async function runCommandLine(
  argv: readonly string[],
  commands: readonly Command[],
  surroundings: Surroundings = process,
): Promise<number> {
  const { stdout, stderr } = surroundings;
  outliveReaders(stdout, stderr);
  const run: Run = { argv, surroundings, code: OK };
  const program = buildProgram(run, commands);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return run.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? OK : WRONG_USAGE;
    stderr.write(`${PROGRAM}: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError || error instanceof ConfigurationError ? WRONG_USAGE : FAILED;
  }
}

function buildProgram(run: Run, commands: readonly Command[]): CommanderCommand {
  const program = newCommand(PROGRAM, run)
    .description('Self-hosted phone-number verification.')
    .version(VERSION, '--version', 'print the version')
    .helpCommand(false);
  const groups = new Map<string, CommanderCommand>();
  for (const command of commands) {
    const words = command.name.split(' ');
    let parent = program;
    for (let depth = 1; depth < words.length; depth += 1) {
      const name = words.slice(0, depth).join(' ');
      let group = groups.get(name);
      if (group === undefined) {
        group = buildGroup(name, words[depth - 1] ?? '', run);
        groups.set(name, group);
        parent.addCommand(group);
      }
      parent = group;
    }
    const built = buildCommand(command, words.at(-1) ?? '', run);
    // Making them for all commands of a group would be a tenth of a short command's time.
    if (words.every((word, at) => run.argv[at] === word))
      for (const option of settingFlags(command)) built.addOption(option);
    parent.addCommand(built);
  }
  return program;
}

function buildGroup(name: string, word: string, run: Run): CommanderCommand {
  const { summary, examples, note } = GROUPS[name] ?? { summary: '', examples: [] };
  const more = note === undefined ? '' : `\n${note}\n`;
  return newCommand(word, run)
    .description(summary)
    .helpCommand(false)
    .addHelpText('after', `${more}\n${renderExamples(examples)}`);
}

function renderExamples(examples: readonly string[]): string {
  return `Examples:\n${examples.map((example) => `  ${PROGRAM} ${example}`).join('\n')}`;
}

function buildCommand(command: Command, word: string, run: Run): CommanderCommand {
  const built = newCommand(word, run).description(command.summary);
  for (const { name, description } of command.arguments ?? []) built.argument(name, description);
  for (const { flags, description, required } of command.options ?? []) {
    if (required === true) built.requiredOption(flags, description);
    else built.option(flags, description);
  }
  built.option('--data <DIR>', 'data directory', './data');
  built.option('--config <FILE>', 'configuration file (default: lineproof.json in the data directory)');
  built.option('--json', 'machine-readable result on standard output');
  const settings =
    command.name === 'serve'
      ? ''
      : `\nThe settings that ${PROGRAM} serve --help lists are flags of this command too.\n`;
  built.addHelpText('after', `${settings}\n${renderExamples(command.examples)}`);
  built.action(async (...received: unknown[]) => {
    const options = received.at(-2) as OptionValues;
    const args = received.slice(0, -2) as (string | undefined)[];
    const context = createContext(options, readSettingFlags(command, options), command, run.surroundings);
    for (const unknown of findUnknownSettings(context.environment))
      context.output.note(`${PROGRAM}: ${describeUnknownSetting(unknown)}`);
    try {
      run.code = (await command.run(context, args, options)) ?? OK;
    } catch (error) {
      throw nameUnusableDirectory(nameDamagedFile(error, context.paths), context.paths);
    }
  });
  return built;
}

function newCommand(name: string, { surroundings: { stdout, stderr } }: Run): CommanderCommand {
  return new CommanderCommand(name)
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .allowExcessArguments(false);
}

function createContext(
  options: OptionValues,
  flags: SettingFlags,
  command: Command,
  { stdin, stdout, stderr, env }: Surroundings,
): CommandContext {
  // An unset variable of a script, not the directory that the script happens to be in.
  if (options.data === '') throw new UsageError('--data needs a value');
  const paths = dataPaths(resolve(String(options.data)));
  checkDirectoryPath(paths.directory);
  settleInterruptedRestore(paths, command);
  const named = typeof options.config === 'string' ? options.config : undefined;
  return {
    paths,
    output: createOutput(options.json === true, stdout, stderr),
    input: () => stdin,
    clock: systemClock,
    random: systemRandom,
    environment: env,
    configuration: loadConfiguration({
      file: named ?? paths.configFile,
      fileIsRequired: named !== undefined,
      environment: env,
      flags,
    }),
    actor: `cli:${userName()}`,
  };
}

/** Before anything else is read: the settings are among the files that a restore brings back. */
function settleInterruptedRestore(paths: DataPaths, { finishesRestore = false }: Command): void {
  if (finishesRestore) finishInterruptedRestore(paths);
  else if (isRestoreInterrupted(paths)) {
    throw new CommandError(
      `a restore into ${paths.directory} was interrupted: ${PROGRAM} serve finishes it, and so does any new restore`,
    );
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
