// What is known of one line. Names and ID cards appear only as the answer to a comparison, never as values.

import type { CalendarDate } from './calendar-date.ts';

export const LINE_STATUSES = [
  'normal',
  'suspended',
  'cancelled',
  'vacant', // a number that was never assigned
  'not_in_network',
  'unusable', // in the network but cannot be used
  'unknown',
] as const;
export type LineStatus = (typeof LINE_STATUSES)[number];

/** The serving carrier: one of the four known ones, or the operator's own free text, or '' when not recorded. */
export type Carrier = string;
export const CARRIERS = ['mobile', 'telecom', 'unicom', 'broadnet'] as const;
export type KnownCarrier = (typeof CARRIERS)[number];

/** Three-valued: undefined means the record does not hold the element (or it was not asked for). */
export type ElementMatch = boolean | undefined;

export interface SubscriberRecord {
  readonly status: LineStatus;
  readonly activatedOn: CalendarDate | undefined;
  readonly carrier: Carrier;
  readonly asOf: CalendarDate;
  readonly nameMatches: ElementMatch;
  readonly idCardMatches: ElementMatch;
}
