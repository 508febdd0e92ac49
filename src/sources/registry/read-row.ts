// One input row, cell by cell, into a packed row. The order of the checks decides which reason a bad row gets.

import { type CalendarDate, parseCalendarDate } from '../../domain/calendar-date.ts';
import { parseIdCard } from '../../domain/id-card.ts';
import { msisdnToInteger, parseMsisdn } from '../../domain/msisdn.ts';
import { parsePersonName } from '../../domain/person-name.ts';
import { LINE_STATUSES } from '../../domain/subscriber.ts';
import { KEEPS } from '../../ports/subscriber-store.ts';
import type { BlindIndex } from './blind-index.ts';
import type { CarrierList } from './carrier-list.ts';
import type { PackedRow } from './packed-rows.ts';
import type { RejectCode } from './reject-reasons.ts';

export const COLUMNS = ['msisdn', 'status', 'activated_on', 'carrier', 'name', 'id_card', 'as_of'] as const;
export type Column = (typeof COLUMNS)[number];
export const REQUIRED_COLUMNS: readonly Column[] = ['msisdn', 'status'];

const KEPT_WHEN_ABSENT: Readonly<Partial<Record<Column, number>>> = {
  activated_on: KEEPS.activatedOn,
  carrier: KEEPS.carrier,
  name: KEEPS.name,
  id_card: KEEPS.idCard,
};

/** For each of COLUMNS what its presence takes out of KEEPS_ALL. */
export const COLUMN_KEEPS: readonly number[] = COLUMNS.map((column) => KEPT_WHEN_ABSENT[column] ?? 0);
export const KEEPS_ALL = COLUMN_KEEPS.reduce((all, bit) => all | bit, 0);

/** Cells as text, in the order of COLUMNS; absent cells are ''. */
export type Cells = string[];

export interface RowRules {
  /** Default region of national numbers. */
  readonly region: string;
  readonly today: CalendarDate;
  readonly blindIndex: BlindIndex;
  readonly carriers: CarrierList;
}

const STATUS_NUMBERS = new Map<string, number>(LINE_STATUSES.map((status, index) => [status, index]));
const CACHED_DATES = 50_000;

/** A function that fills the row and returns undefined, or returns why it cannot. */
export function createRowReader(rules: RowRules): (cells: Cells, row: PackedRow) => RejectCode | undefined {
  const parseDate = cacheDates();
  const { region, today, blindIndex, carriers } = rules;

  return (cells, row) => {
    const [number = '', status = '', activatedOn = '', carrier = '', name = '', idCard = '', asOf = ''] =
      cells;
    // Our own exports put an apostrophe before a plus, so that spreadsheets leave it alone.
    const msisdn = parseMsisdn(number.startsWith("'+") ? number.slice(1) : number, region);
    if (msisdn === undefined) return 'msisdn_invalid';
    row.msisdn = msisdnToInteger(msisdn);

    const statusNumber = STATUS_NUMBERS.get(status);
    if (statusNumber === undefined) return 'status_invalid';
    row.status = statusNumber;

    row.activatedOn = activatedOn === '' ? undefined : parseDate(activatedOn);
    if (activatedOn !== '' && row.activatedOn === undefined) return 'activated_on_invalid';
    if (row.activatedOn !== undefined && row.activatedOn > today) return 'activated_on_future';

    const carrierNumber = carriers.numberOf(carrier);
    if (typeof carrierNumber === 'string') return carrierNumber;
    row.carrier = carrierNumber;

    const asOfDate = asOf === '' ? today : parseDate(asOf);
    if (asOfDate === undefined) return 'as_of_invalid';
    // It would win against every later import. A day of grace for files that come from a zone ahead of ours.
    if (asOfDate > today + 1) return 'as_of_future';
    row.asOf = asOfDate;

    row.nameHash = undefined;
    row.idCardHash = undefined;
    if (name !== '') {
      const personName = parsePersonName(name);
      if (personName === undefined) return 'name_invalid';
      row.nameHash = blindIndex.ofName(row.msisdn, personName);
    }
    if (idCard !== '') {
      const card = parseIdCard(idCard);
      if (card === undefined) return 'id_card_invalid';
      row.idCardHash = blindIndex.ofIdCard(row.msisdn, card);
    }
    return undefined;
  };
}

/** Dates repeat: a registry knows some thousand of them. */
function cacheDates(): (text: string) => CalendarDate | undefined {
  const cache = new Map<string, CalendarDate | undefined>();
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const date = parseCalendarDate(text);
    if (date !== undefined && cache.size < CACHED_DATES) cache.set(text, date);
    return date;
  };
}
