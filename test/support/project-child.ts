// Projects a ledger's usage in tiny steps until it is done or killed.

import { setImmediate as turn } from 'node:timers/promises';
import { createProjector } from '../../src/storage/sqlite/usage/project.ts';
import { openUsageFile } from '../../src/storage/sqlite/usage/schema.ts';
import { DAY_START_MS } from './attempts.ts';
import { ledgerPaths } from './ledgers.ts';
import { projectorOptions, usagePath } from './usage.ts';

const [, , directory = '', stepRows = '1'] = process.argv;
const database = openUsageFile(usagePath(directory));
const projector = createProjector(database, {
  ...projectorOptions(ledgerPaths(directory)),
  stepRows: Number(stepRows),
});
process.stdout.write('started\n');
while (projector.step(DAY_START_MS)) await turn();
