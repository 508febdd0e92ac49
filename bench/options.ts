// What `npm run bench` can be told.

import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  readonly rows: number;
  readonly profile: boolean;
  /** Flags handed to `serve`, to try a setting. */
  readonly serveArgs: readonly string[];
}

export const HELP = `npm run bench -- [options]
  --rounds N          alternating rounds per number of connections (5)
  --seconds S         measured seconds of each round (5)
  --warm-up S         seconds before each that do not count (1)
  --connections A,B   numbers of connections (32,128)
  --rows N            rows of the registry (1000000)
  --profile           profile the server and print where its threads spend their time
  -- SERVE-FLAGS      handed to the server
`;

export function readBenchOptions(args: readonly string[]): BenchOptions | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      'warm-up': { type: 'string', default: '1' },
      connections: { type: 'string', default: '32,128' },
      rows: { type: 'string', default: '1000000' },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    rounds: positive(values.rounds, '--rounds'),
    seconds: positive(values.seconds, '--seconds'),
    warmUpSeconds: positive(values['warm-up'], '--warm-up'),
    connections: values.connections.split(',').map((part) => positive(part, '--connections')),
    rows: positive(values.rows, '--rows'),
    profile: values.profile,
    serveArgs: positionals,
  };
}

export function positive(text: string, flag: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${flag} must be a number above zero, not ${text}`);
  return value;
}
