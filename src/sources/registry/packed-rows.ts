// Accepted rows of an import as fixed-size binary records: they are sorted, spilled to disk and merged in this form,
// without an object a row. A record holds hashes only, never a name or an ID card.

import type { CalendarDate } from '../../domain/calendar-date.ts';
import { BLIND_INDEX_BYTES } from '../../ports/subscriber-store.ts';

/** msisdn f64 | as-of i32 | line u32 | activated-on i32 | carrier u16, status u8, flags u8 | name | id card. */
export const ROW_WORDS = 14;
export const ROW_BYTES = ROW_WORDS * 4;

const NEVER = -0x80000000;
const HAS_NAME = 1;
const HAS_ID_CARD = 2;
const KEEPS_SHIFT = 2;
const NAME_AT = 24;
const ID_CARD_AT = NAME_AT + BLIND_INDEX_BYTES;

export interface PackedRow {
  msisdn: number;
  asOf: CalendarDate;
  /** Line of the input; decides between rows of the same number and date. */
  line: number;
  activatedOn: CalendarDate | undefined;
  /** Index into the import's list of carriers. */
  carrier: number;
  /** Index into LINE_STATUSES. */
  status: number;
  nameHash: Uint8Array | undefined;
  idCardHash: Uint8Array | undefined;
  /** Bits of KEEPS: the elements that the input does not speak of. */
  keeps: number;
}

export interface PackedRows {
  readonly capacity: number;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  write(index: number, row: PackedRow): void;
  /** The hashes of the answer are views: copy what is kept. */
  read(index: number, row: PackedRow): void;
  msisdn(index: number): number;
  asOf(index: number): number;
  line(index: number): number;
}

export function createPackedRows(capacity: number): PackedRows {
  const buffer = new ArrayBuffer(capacity * ROW_BYTES);
  const bytes = new Uint8Array(buffer);
  const words = new Int32Array(buffer);
  const lines = new Uint32Array(buffer);
  const numbers = new Float64Array(buffer);
  const msisdn = (index: number): number => numbers[index * (ROW_WORDS / 2)] ?? 0;

  return {
    capacity,
    bytes,
    words,
    msisdn,
    asOf: (index) => words[index * ROW_WORDS + 2] ?? 0,
    line: (index) => lines[index * ROW_WORDS + 3] ?? 0,
    write(index, row) {
      const word = index * ROW_WORDS;
      const byte = index * ROW_BYTES;
      numbers[word / 2] = row.msisdn;
      words[word + 2] = row.asOf;
      lines[word + 3] = row.line;
      words[word + 4] = row.activatedOn ?? NEVER;
      const flags =
        (row.nameHash === undefined ? 0 : HAS_NAME) |
        (row.idCardHash === undefined ? 0 : HAS_ID_CARD) |
        (row.keeps << KEEPS_SHIFT);
      words[word + 5] = row.carrier | (row.status << 16) | (flags << 24);
      if (row.nameHash !== undefined) bytes.set(row.nameHash, byte + NAME_AT);
      if (row.idCardHash !== undefined) bytes.set(row.idCardHash, byte + ID_CARD_AT);
    },
    read(index, row) {
      const word = index * ROW_WORDS;
      const byte = index * ROW_BYTES;
      const activatedOn = words[word + 4] ?? NEVER;
      const packed = words[word + 5] ?? 0;
      row.msisdn = msisdn(index);
      row.asOf = (words[word + 2] ?? 0) as CalendarDate;
      row.line = lines[word + 3] ?? 0;
      row.activatedOn = activatedOn === NEVER ? undefined : (activatedOn as CalendarDate);
      row.carrier = packed & 0xffff;
      row.status = (packed >>> 16) & 0xff;
      const flags = packed >>> 24;
      row.keeps = flags >>> KEEPS_SHIFT;
      row.nameHash = flags & HAS_NAME ? bytes.subarray(byte + NAME_AT, byte + ID_CARD_AT) : undefined;
      row.idCardHash = flags & HAS_ID_CARD ? bytes.subarray(byte + ID_CARD_AT, byte + ROW_BYTES) : undefined;
    },
  };
}

/** A row to fill again and again. */
export function createPackedRow(): PackedRow {
  return {
    msisdn: 0,
    asOf: 0 as CalendarDate,
    line: 0,
    activatedOn: undefined,
    carrier: 0,
    status: 0,
    nameHash: undefined,
    idCardHash: undefined,
    keeps: 0,
  };
}
