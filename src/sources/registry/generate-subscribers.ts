// Invented subscriber records that look like a real registry: mainland ranges and their carriers, some ported numbers,
// plausible dates, every status. The same seed gives the same rows, each number once.

import { type CalendarDate, formatCalendarDate, parseCalendarDate } from '../../domain/calendar-date.ts';
import { MAINLAND_RANGES, NETWORK_OF_VIRTUAL } from '../../domain/mainland-ranges.ts';
import { CARRIERS, LINE_STATUSES, type LineStatus } from '../../domain/subscriber.ts';
import { createSmallPrng, type SmallPrng } from './small-prng.ts';
import { inventIdCard, inventName } from './synthetic-person.ts';

export interface GenerateOptions {
  readonly rows: number;
  readonly seed: number;
  /** The newest date that occurs. It does not follow the clock, or the same seed would give other rows tomorrow. */
  readonly newest?: CalendarDate;
}

/** Texts of one row, by column. Elements that the record does not hold are ''. */
export interface SyntheticRow {
  readonly msisdn: string;
  readonly status: LineStatus;
  readonly activatedOn: string;
  readonly carrier: string;
  readonly name: string;
  readonly idCard: string;
  readonly asOf: string;
}

export const SYNTHETIC_HEADER = 'msisdn,status,activated_on,carrier,name,id_card,as_of\n';
export const MAX_SYNTHETIC_ROWS = 1_000_000_000;

const DEFAULT_NEWEST = (parseCalendarDate('2026-11-01') ?? 0) as CalendarDate;
const NUMBERS_PER_UNIT = 10_000_000;
const ONE_IN_PORTED = 40;

/** Ranges of devices and satellites: nobody's phone. */
const NOT_PERSONAL = new Set(['1440', '140', '146', '1410', '1740', '1349']);

/** Out of a thousand rows, cumulated. */
const STATUS_SHARES: readonly (readonly [number, LineStatus])[] = [
  [880, 'normal'],
  [920, 'suspended'],
  [950, 'cancelled'],
  [963, 'vacant'],
  [973, 'not_in_network'],
  [983, 'unusable'],
  [1000, 'unknown'],
];

/** When ranges were opened, by leading digits; longer ones first. */
const OPENED: readonly (readonly [string, string])[] = [
  ['192', '2022-06-27'],
  ['19', '2017-08-08'],
  ['16', '2017-08-08'],
  ['17', '2013-12-26'],
  ['14', '2010-06-01'],
  ['18', '2008-12-22'],
  ['15', '2006-01-01'],
  ['13', '2000-01-01'],
];

interface Unit {
  readonly digits: string;
  readonly carrier: string;
  readonly opened: number;
}

/** Four leading digits each, ten million numbers. */
const UNITS: readonly Unit[] = MAINLAND_RANGES.filter(({ digits }) => !NOT_PERSONAL.has(digits)).flatMap(
  ({ digits, holder }) =>
    (digits.length === 4 ? [digits] : Array.from({ length: 10 }, (_, next) => `${digits}${next}`)).map(
      (unit) => ({
        digits: unit,
        carrier: holder === 'virtual' ? networkOf(unit) : holder,
        opened: openedOn(unit),
      }),
    ),
);

export function* generateSubscribers(options: GenerateOptions): Generator<SyntheticRow> {
  const prng = createSmallPrng(options.seed);
  const newest = options.newest ?? DEFAULT_NEWEST;
  const space = UNITS.length * NUMBERS_PER_UNIT;
  // Steps of a fixed width that shares no factor with the space visit each number once before any repeats.
  const step = coprimeNear(Math.floor(space * 0.618_034), space);
  const texts = new Map<number, string>();
  let position = Math.floor(prng.fraction() * space);

  const dateText = (date: number): string => {
    let text = texts.get(date);
    if (text === undefined) {
      text = formatCalendarDate(date as CalendarDate);
      texts.set(date, text);
    }
    return text;
  };

  for (let index = 0; index < options.rows; index += 1) {
    position = (position + step) % space;
    const unit = UNITS[Math.floor(position / NUMBERS_PER_UNIT)];
    if (unit === undefined) return;
    // The first rows show every status once, so that the smallest registry has each; the very first is complete.
    const status = LINE_STATUSES[index] ?? drawStatus(prng);
    const lived = status !== 'vacant' && (index === 0 || status !== 'unknown' || prng.below(2) === 0);
    const held = lived && status !== 'not_in_network';
    const age = Math.floor(prng.fraction() ** 2 * (newest - unit.opened));
    const asOf = newest - prng.below(30);
    const activated = dateText(Math.min(asOf, newest - age));
    yield {
      msisdn: `${unit.digits}${String(NUMBERS_PER_UNIT + (position % NUMBERS_PER_UNIT)).slice(1)}`,
      status,
      activatedOn: lived && (index === 0 || prng.below(50) !== 0) ? activated : '',
      carrier: status === 'vacant' ? '' : drawCarrier(prng, unit),
      name: held && (index === 0 || prng.below(25) !== 0) ? inventName(prng) : '',
      idCard:
        held && (index === 0 || prng.below(20) !== 0)
          ? inventIdCard(prng, Number(activated.slice(0, 4)))
          : '',
      asOf: dateText(asOf),
    };
  }
}

/** No cell of an invented row needs quoting. */
export function formatSyntheticRow(row: SyntheticRow): string {
  return `${row.msisdn},${row.status},${row.activatedOn},${row.carrier},${row.name},${row.idCard},${row.asOf}\n`;
}

function drawStatus(prng: SmallPrng): LineStatus {
  const draw = prng.below(1000);
  for (const [below, status] of STATUS_SHARES) if (draw < below) return status;
  return 'normal';
}

/** Some numbers are served by another carrier than the one that holds the range. */
function drawCarrier(prng: SmallPrng, unit: Unit): string {
  return prng.below(ONE_IN_PORTED) === 0 ? (CARRIERS[prng.below(3)] ?? unit.carrier) : unit.carrier;
}

function networkOf(unit: string): string {
  return NETWORK_OF_VIRTUAL[unit] ?? NETWORK_OF_VIRTUAL[unit.slice(0, 3)] ?? 'unicom';
}

function openedOn(unit: string): number {
  const date = OPENED.find(([digits]) => unit.startsWith(digits))?.[1];
  return parseCalendarDate(date ?? '2000-01-01') ?? 0;
}

function coprimeNear(value: number, space: number): number {
  let candidate = value;
  while (greatestCommonDivisor(candidate, space) !== 1) candidate += 1;
  return candidate;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
