// The option table as flags. Every command takes them, so that it can be told what the server was told; a flag of the
// command's own goes before the setting of that name.

import { Option } from 'commander';
import { environmentNameOf, flagOf, OPTIONS, type OptionName, SECRET_OPTIONS } from '../config/options.ts';
import { type Command, type OptionValues, UsageError } from './command.ts';

const NAMES = Object.keys(OPTIONS) as OptionName[];

export type SettingFlags = Readonly<Partial<Record<OptionName, string>>>;

function settingsOf({ options = [] }: Command): OptionName[] {
  const own = new Set(options.map(({ flags }) => new Option(flags).attributeName()));
  return NAMES.filter((name) => !own.has(name));
}

/** Only the help of serve lists them, so that the help of the others stays short. */
export function settingFlags(command: Command): Option[] {
  return settingsOf(command).map((name) =>
    SECRET_OPTIONS.includes(name)
      ? new Option(`${flagOf(name)} [VALUE]`).hideHelp()
      : new Option(`${flagOf(name)} <VALUE>`, OPTIONS[name].description)
          .helpGroup('Settings:')
          .hideHelp(command.name !== 'serve'),
  );
}

function refusalOf(name: OptionName): string {
  return `${flagOf(name)} is no flag, as others on this machine can read command lines: set ${environmentNameOf(name)}, or ${name} in the configuration file`;
}

export function readSettingFlags(command: Command, values: OptionValues): SettingFlags {
  const flags: Partial<Record<OptionName, string>> = {};
  for (const name of settingsOf(command)) {
    const value = values[name];
    // Known only so that the error can say where a secret belongs.
    if (value !== undefined && SECRET_OPTIONS.includes(name)) throw new UsageError(refusalOf(name));
    if (typeof value === 'string') flags[name] = value;
  }
  return flags;
}
