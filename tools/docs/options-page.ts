// docs/reference/options.md: the option table, and where a value can come from.

import {
  environmentNameOf,
  flagOf,
  OPTIONS,
  type OptionName,
  type OptionRow,
} from '../../src/config/options.ts';
import { joinBlocks, type Page, quote, renderTable } from './markdown.ts';

const INTRODUCTION = `Later places win: the default, then the configuration file, then the environment, then the flags of the command. The file is
\`lineproof.json\` in the data directory, or the one that \`--config\` names: one JSON object with the keys below. An unknown key and a
value that cannot be used are errors that name their place. Tables (prices, texts) add to the built-in rows and replace those
of the same name; in the environment and in flags they are written as JSON, lists with commas.
A variable that starts with \`LINEPROOF_\` and is no setting is ignored; each command says so, and which may have been meant.`;

export function createOptionsPage(): Page {
  const rows = (Object.keys(OPTIONS) as OptionName[]).map((name) => {
    const option: OptionRow = OPTIONS[name];
    return [
      quote(name),
      option.secret === true
        ? quote(environmentNameOf(name))
        : [quote(environmentNameOf(name)), quote(flagOf(name))].join(' '),
      describeValue(option),
      describeDefault(option),
      `${option.description}${option.secret === true ? ' Secret: never printed, and no flag.' : ''}`,
    ];
  });
  return {
    file: 'options.md',
    title: 'Options',
    summary: 'Every setting of the server, with its limits and default.',
    body: joinBlocks(
      INTRODUCTION,
      renderTable(['Key', 'Environment, flag', 'Value', 'Default', 'Meaning'], rows),
    ),
  };
}

function describeValue({ type, minimum, maximum, choices }: OptionRow): string {
  if (choices !== undefined) return choices.map(quote).join(' or ');
  if (type === 'integer') return `${minimum} to ${maximum}`;
  const words = {
    string: 'text',
    boolean: 'true or false',
    integers: 'list of whole numbers',
    strings: 'list of texts',
    prices: 'table of whole numbers',
    texts: 'table of texts',
  } as const;
  return words[type];
}

function describeDefault({ default: value }: OptionRow): string {
  if (value === undefined) return 'none';
  return quote(typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', '));
}
