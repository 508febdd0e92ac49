// docs/reference/commands.md: every command with its options and examples.

import type { Command } from '../../src/cli/command.ts';
import { loadCommands } from '../../src/cli/index.ts';
import { fence, joinBlocks, type Page, quote, renderTable } from './markdown.ts';

const COMMANDS = await loadCommands();

const INTRODUCTION = `In a checkout \`npm run -s lineproof -- COMMAND\`, installed \`lineproof COMMAND\`. Every command takes \`--data DIR\` (default
\`./data\`), \`--config FILE\`, \`--json\` and \`--help\`, and a flag for each row of
[options.md](options.md), so that it can be told what the server was told; where it has a flag of that name itself, that one
counts. It works while the server runs, unless it says otherwise. Results go to standard output, as text or, with
\`--json\`, as JSON and nothing else; progress, notes, logs and errors go to standard error. Exit code 0: done; 1: failed; 2: wrong usage.`;

export function createCommandsPage(): Page {
  return {
    file: 'commands.md',
    title: 'Commands',
    summary: 'The command line.',
    body: joinBlocks(INTRODUCTION, ...COMMANDS.map(renderCommand)),
  };
}

function renderCommand({ name, summary, arguments: named = [], options = [], examples }: Command): string {
  const rows = [
    ...named.map((argument) => [quote(argument.name), argument.description]),
    ...options.map(({ flags, description, required }) => [
      quote(flags),
      `${description}${required === true ? ' (required)' : ''}`,
    ]),
  ];
  return joinBlocks(
    `## ${name}`,
    summary,
    rows.length === 0 ? '' : renderTable(['Argument or option', 'Meaning'], rows),
    fence(examples.map((example) => `lineproof ${example}`).join('\n'), 'sh'),
  );
}
