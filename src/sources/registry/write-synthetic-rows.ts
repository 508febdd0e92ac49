// Streams invented rows as CSV text to a file or any other writable, with room for the reader to keep up.

import type { Writable } from 'node:stream';
import {
  formatSyntheticRow,
  type GenerateOptions,
  generateSubscribers,
  SYNTHETIC_HEADER,
} from './generate-subscribers.ts';
import { writeText } from './write-text.ts';

const CHUNK_CHARACTERS = 1 << 18;

/** Does not end the writable. */
export async function writeSyntheticRows(
  out: Writable,
  options: GenerateOptions,
  onProgress: (rows: number) => void = () => {},
): Promise<void> {
  let text = SYNTHETIC_HEADER;
  let rows = 0;
  for (const row of generateSubscribers(options)) {
    text += formatSyntheticRow(row);
    rows += 1;
    if (text.length < CHUNK_CHARACTERS) continue;
    await writeText(out, text);
    text = '';
    onProgress(rows);
  }
  await writeText(out, text);
  onProgress(rows);
}
