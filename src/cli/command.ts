// What a command is: its words, its options with examples, and what it does. cli/index.ts hangs them on commander.

import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Output } from './output.ts';

export interface CommandOption {
  /** As commander reads them, e.g. '--name <NAME>'. */
  readonly flags: string;
  readonly description: string;
  readonly required?: boolean;
}

export interface CommandArgument {
  /** '<FILE>' when it must be given, '[FILE]' when it may. */
  readonly name: string;
  readonly description: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  /** 'account create': a group and a word, or one word. */
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly CommandArgument[];
  readonly options?: readonly CommandOption[];
  /** Whole command lines without the program's name; shown by --help. */
  readonly examples: readonly string[];
  /** Finishes a restore that was interrupted; the other commands refuse to work on half a data directory. */
  readonly finishesRestore?: boolean;
  /** Returns the exit code; undefined is 0. */
  run(
    context: CommandContext,
    args: readonly (string | undefined)[],
    options: OptionValues,
  ): Promise<number | undefined> | number | undefined;
}

export interface CommandContext {
  readonly paths: DataPaths;
  readonly output: Output;
  /** Standard input; opened only when it is called. */
  input(): AsyncIterable<string | Uint8Array>;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Defaults, configuration file, environment and flags together. */
  readonly configuration: Configuration;
  /** Who acts, for the audit log. */
  readonly actor: string;
}

/** The command line makes no sense; exit code 2. */
export class UsageError extends Error {}

/** What was asked cannot be done; exit code 1. The message says what to do about it. */
export class CommandError extends Error {}

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function requiredText(options: OptionValues, name: string): string {
  const value = textOption(options, name);
  if (value === undefined || value === '') throw new UsageError(`--${name} needs a value`);
  return value;
}

/** A whole number within bounds, or undefined when the option was not given. */
export function wholeOption(
  options: OptionValues,
  name: string,
  flag: string,
  minimum: number,
  maximum: number,
): number | undefined {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= minimum && number <= maximum))
    throw new UsageError(`${flag} must be a whole number from ${minimum} to ${maximum}`);
  return number;
}
