// Loads the configuration: defaults, then the file, then the environment, then flags. An unknown name or a bad value is
// an error that says where it came from.

import { existsSync, readFileSync } from 'node:fs';
import { type Remark, type RemarkCode, remark } from '../domain/remark.ts';
import {
  type Configuration,
  environmentNameOf,
  flagOf,
  isLoopback,
  OPTIONS,
  type OptionName,
  type OptionRow,
} from './options.ts';

/** A setting that cannot be used; the message names its place and what is allowed. */
export class ConfigurationError extends Error {}

export interface ConfigurationSources {
  /** JSON with option names as keys; left out when it does not exist and was not named. */
  readonly file: string;
  readonly fileIsRequired: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** By option name, as given on the command line. */
  readonly flags: Readonly<Partial<Record<OptionName, string>>>;
}

const NAMES = Object.keys(OPTIONS) as OptionName[];

export function loadConfiguration(sources: ConfigurationSources): Configuration {
  const values: Record<string, unknown> = {};
  for (const name of NAMES) values[name] = OPTIONS[name].default;
  for (const [name, value] of Object.entries(readFile(sources))) {
    if (!Object.hasOwn(OPTIONS, name))
      throw new ConfigurationError(`${sources.file}: there is no option ${name}`);
    values[name] = checked(name as OptionName, value, `${sources.file}: ${name}`);
  }
  for (const name of NAMES) {
    const variable = environmentNameOf(name);
    const fromEnvironment = sources.environment[variable];
    if (fromEnvironment !== undefined && fromEnvironment !== '')
      values[name] = parsed(name, fromEnvironment, variable);
    const fromFlag = sources.flags[name];
    if (fromFlag !== undefined) values[name] = parsed(name, fromFlag, flagOf(name));
  }
  return values as Configuration;
}

export interface WeakSetting {
  readonly finding: string;
  readonly remark: Remark;
}

/** What the settings do that an operator should know before trusting the server. */
export function listWeakSettings(configuration: Configuration): WeakSetting[] {
  const { host, tlsCert } = configuration;
  const plain =
    isLoopback(host) || tlsCert !== undefined
      ? []
      : [
          {
            finding: `there is no TLS on ${host}: names and ID cards travel readable unless something in front encrypts`,
            remark: remark('weak_tlsCert', { value: host }),
          },
        ];
  // On the loopback address it is what development needs; the outbox itself says so at start.
  const unsent =
    isLoopback(host) || configuration.mailChannel !== 'outbox'
      ? []
      : [
          {
            finding: 'mail-channel is outbox: codes are printed on the terminal, and nobody gets a mail',
            remark: remark('weak_mailChannel'),
          },
        ];
  return NAMES.flatMap((name) => {
    const { weakens }: OptionRow = OPTIONS[name];
    const finding = weakens?.(configuration[name] as never);
    if (finding === undefined) return [];
    return [
      { finding, remark: remark(`weak_${name}` as RemarkCode, { value: String(configuration[name]) }) },
    ];
  }).concat(plain, unsent);
}

function readFile({ file, fileIsRequired }: ConfigurationSources): Record<string, unknown> {
  if (!existsSync(file)) {
    if (fileIsRequired) throw new ConfigurationError(`${file} does not exist`);
    return {};
  }
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
      return content as Record<string, unknown>;
  } catch (error) {
    throw new ConfigurationError(
      `${file} cannot be read as JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
  throw new ConfigurationError(`${file} must hold one JSON object`);
}

/** Text from the environment or a flag. */
function parsed(name: OptionName, value: string, place: string): unknown {
  const { type }: OptionRow = OPTIONS[name];
  switch (type) {
    case 'string':
      return checked(name, value, place);
    case 'integer':
      return checked(name, /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value, place);
    case 'integers':
      return checked(
        name,
        value.split(',').map((part) => (/^\d{1,9}$/.test(part.trim()) ? Number(part) : part)),
        place,
      );
    case 'strings':
      return checked(
        name,
        value
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
        place,
      );
    default:
      return checked(name, parseJson(value), place);
  }
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function checked(name: OptionName, value: unknown, place: string): unknown {
  const row: OptionRow = OPTIONS[name];
  const refuse = (why: string): never => {
    throw new ConfigurationError(`${place} ${why}`);
  };
  if (!isOfType(row, value)) refuse(`must be ${describeType(row)}`);
  if (row.choices !== undefined && !row.choices.includes(String(value)))
    refuse(`must be one of ${row.choices.join(', ')}`);
  const why = row.refuse?.(value as never);
  if (why !== undefined) refuse(why);
  // Tables from the operator add to the built-in rows and replace those of the same name.
  if (row.type === 'prices' || row.type === 'texts')
    return { ...(row.default as object), ...(value as object) };
  return value;
}

function isOfType(row: OptionRow, value: unknown): boolean {
  const isTable = (holds: (cell: unknown) => boolean): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(holds);
  const isList = (holds: (cell: unknown) => boolean): boolean => Array.isArray(value) && value.every(holds);
  switch (row.type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return (
        Number.isSafeInteger(value) &&
        (value as number) >= (row.minimum ?? 0) &&
        (value as number) <= (row.maximum ?? Number.MAX_SAFE_INTEGER)
      );
    case 'integers':
      return isList((cell) => Number.isSafeInteger(cell));
    case 'strings':
      return isList((cell) => typeof cell === 'string');
    case 'prices':
      return isTable((cell) => Number.isSafeInteger(cell) && (cell as number) >= 0);
    case 'texts':
      return isTable((cell) => typeof cell === 'string');
  }
}

function describeType({ type, minimum, maximum }: OptionRow): string {
  switch (type) {
    case 'integer':
      return `a whole number from ${minimum} to ${maximum}`;
    case 'integers':
      return 'whole numbers';
    case 'strings':
      return 'a list of texts';
    case 'prices':
      return 'a table of whole numbers from 0';
    case 'texts':
      return 'a table of texts';
    default:
      return 'a text';
  }
}
