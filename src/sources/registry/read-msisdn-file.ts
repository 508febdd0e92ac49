// A file that names numbers, one a line: plain, or CSV whose header has a column msisdn (else the first cell counts).

import { eachCsvRecord, splitCsvRecord } from '../../codecs/csv.ts';
import { createRecordBlocks, type RecordBlock } from '../../codecs/record-blocks.ts';
import { msisdnToInteger, parseMsisdn } from '../../domain/msisdn.ts';
import { ImportError } from './import-error.ts';
import { stripByteOrderMark } from './input-header.ts';
import { openInput } from './read-input.ts';

const MAX_NUMBERS = 20_000_000;
const MAX_LINE_BYTES = 1 << 16;

export interface MsisdnFile {
  readonly msisdns: readonly number[];
  /** Lines that hold no number. */
  readonly invalid: number;
}

export async function readMsisdnFile(
  path: string,
  region: string,
  onBytes?: (done: number, total: number) => void,
): Promise<MsisdnFile> {
  const msisdns: number[] = [];
  let invalid = 0;
  let column: number | undefined;

  function take(record: string): void {
    const cells = splitCsvRecord(record) ?? [];
    if (column === undefined) {
      const named = cells.findIndex((cell) => cell.trim().toLowerCase() === 'msisdn');
      column = Math.max(0, named);
      if (named !== -1) return;
    }
    const cell = (cells[column] ?? '').trim();
    const msisdn = parseMsisdn(cell.startsWith("'+") ? cell.slice(1) : cell, region);
    if (msisdn === undefined) invalid += 1;
    else if (msisdns.push(msisdnToInteger(msisdn)) > MAX_NUMBERS) throw new ImportError('too many numbers');
  }

  const blocks = createRecordBlocks({
    quoted: true,
    maxRecordBytes: MAX_LINE_BYTES,
    onBlock({ bytes }: RecordBlock) {
      const text = bytes.toString('utf8');
      eachCsvRecord(text, (start, end) => {
        const record = text.slice(start, end);
        if (record.trim() !== '') take(record);
      });
    },
    onRejected: () => {
      invalid += 1;
    },
  });
  let first = true;
  const { chunks, doneBytes, totalBytes } = await openInput(path);
  for await (const chunk of chunks) {
    blocks.push(first ? stripByteOrderMark(chunk) : chunk);
    first = false;
    onBytes?.(doneBytes(), totalBytes);
  }
  blocks.finish();
  return { msisdns, invalid };
}
