// What an action concluded about its input, before any protocol renders it.

import type { CalendarDate } from './calendar-date.ts';
import type { OutcomeCode } from './outcome.ts';

export interface Conclusion {
  readonly outcome: OutcomeCode;
  /** Values of the action's output schema. */
  readonly output: Readonly<Record<string, unknown>>;
  /** Name of the source that answered; '' when none was asked. */
  readonly source: string;
  readonly asOf: CalendarDate | undefined;
  /** It was kept from an earlier call and cost nothing this time. */
  readonly isRepeated?: true;
}
