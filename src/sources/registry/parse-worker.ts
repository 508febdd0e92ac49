// A thread of an import: parses blocks, hashes names and ID cards, and spills sorted runs of packed rows to disk.

import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createBlindIndex } from './blind-index.ts';
import { createCarrierList } from './carrier-list.ts';
import type { FromParser, ParserSetup, ToParser } from './import-messages.ts';
import { createPackedRows } from './packed-rows.ts';
import { createBlockParser } from './parse-block.ts';
import { createRowReader } from './read-row.ts';
import { rejectNumber } from './reject-reasons.ts';
import { writeRun } from './run-files.ts';

const MAX_UNKNOWN_KEYS = 20;

const setup = workerData as ParserSetup;
const port = parentPort;
if (port === null) throw new Error('parse-worker runs as a worker thread only');

const carriers = createCarrierList();
const rows = createPackedRows(setup.rowsPerRun);
const runs: string[] = [];
const unknownKeys = new Set<string>();
let count = 0;
let accepted = 0;
let rejected: number[] = [];

const parse = createBlockParser({
  format: setup.format,
  layout: setup.layout,
  maxRecordBytes: setup.maxRecordBytes,
  readRow: createRowReader({
    region: setup.region,
    today: setup.today,
    blindIndex: createBlindIndex(setup.blindIndexKey),
    carriers,
  }),
  onRow(row) {
    rows.write(count, row);
    count += 1;
    accepted += 1;
    if (count === rows.capacity) spill();
  },
  onRejected: (line, code) => rejected.push(line, rejectNumber(code)),
  onUnknownKey(key) {
    if (unknownKeys.size < MAX_UNKNOWN_KEYS) unknownKeys.add(key.slice(0, 64));
  },
});

function spill(): void {
  if (count === 0) return;
  const path = join(setup.directory, `${setup.prefix}${runs.length}.run`);
  writeRun(path, rows, count);
  runs.push(path);
  count = 0;
}

function answer(message: FromParser, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

port.on('message', (message: ToParser) => {
  if (message.kind === 'finish') {
    spill();
    answer({ kind: 'finished', runs, carriers: carriers.names() });
    port.close();
    return;
  }
  parse(Buffer.from(message.bytes), message.firstLine);
  const pairs = Uint32Array.from(rejected);
  answer({ kind: 'parsed', accepted, rejected: pairs, unknownKeys: [...unknownKeys] }, [pairs.buffer]);
  accepted = 0;
  rejected = [];
});
