// Imports a file in a process of its own and prints each phase as it begins, so that a test can kill it there.

import { createRegistryAdministration } from '../../src/app/registry.ts';
import { dataPaths } from '../../src/config/data-directory.ts';
import { createManualClock, KEY } from './registry-bench.ts';

const [, , directory = '', input = ''] = process.argv;
const administration = createRegistryAdministration({
  paths: dataPaths(directory),
  clock: createManualClock(),
  timeZone: 'Asia/Shanghai',
  region: 'CN',
  tenureMonths: [0],
});
let phase = '';
await administration.import({
  input,
  blindIndexKey: KEY,
  onProgress(progress) {
    if (progress.phase === phase) return;
    phase = progress.phase;
    process.stdout.write(`${phase}\n`);
  },
});
