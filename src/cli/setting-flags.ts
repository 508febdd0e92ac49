// The option table as flags. Every command takes them, so that it can be told what the server was told; a flag of the
// command's own goes before the setting of that name.

import { Option } from 'commander';
import { flagOf, OPTIONS, type OptionName } from '../config/options.ts';
import type { Command, OptionValues } from './command.ts';

const NAMES = Object.keys(OPTIONS) as OptionName[];

export type SettingFlags = Readonly<Partial<Record<OptionName, string>>>;

function settingsOf({ options = [] }: Command): OptionName[] {
  const own = new Set(options.map(({ flags }) => new Option(flags).attributeName()));
  return NAMES.filter((name) => !own.has(name));
}

/** Only the help of serve lists them, so that the help of the others stays short. */
export function settingFlags(command: Command): Option[] {
  return settingsOf(command).map((name) =>
    new Option(`${flagOf(name)} <VALUE>`, OPTIONS[name].description)
      .helpGroup('Settings:')
      .hideHelp(command.name !== 'serve'),
  );
}

export function readSettingFlags(command: Command, values: OptionValues): SettingFlags {
  const flags: Partial<Record<OptionName, string>> = {};
  for (const name of settingsOf(command)) {
    const value = values[name];
    if (typeof value === 'string') flags[name] = value;
  }
  return flags;
}
