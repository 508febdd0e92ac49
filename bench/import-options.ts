// What `npm run bench:import` can be told.

import { parseArgs } from 'node:util';
import { positive } from './options.ts';

export interface ImportBenchOptions {
  readonly rows: number;
  readonly liveRows: number;
  readonly rate: number;
  readonly connections: number;
  readonly secondsBefore: number;
  readonly quietToo: boolean;
}

export const HELP = `npm run bench:import -- [options]
  --rows N              rows of the imported file (10000000)
  --live-rows N         rows that the registry holds before (100000)
  --rate N              live calls a second (1000)
  --connections N       of the live calls (32)
  --seconds-before S    measured seconds of live calls before the import (10)
  --no-quiet-too        do not import a first time, into a copy, without live calls
`;

export function readImportBenchOptions(args: readonly string[]): ImportBenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      rows: { type: 'string', default: '10000000' },
      'live-rows': { type: 'string', default: '100000' },
      rate: { type: 'string', default: '1000' },
      connections: { type: 'string', default: '32' },
      'seconds-before': { type: 'string', default: '10' },
      'quiet-too': { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    rows: positive(values.rows, '--rows'),
    liveRows: positive(values['live-rows'], '--live-rows'),
    rate: positive(values.rate, '--rate'),
    connections: positive(values.connections, '--connections'),
    secondsBefore: positive(values['seconds-before'], '--seconds-before'),
    quietToo: values['quiet-too'],
  };
}
