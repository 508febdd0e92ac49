// What an action concluded about its input, before any protocol renders it.

import type { CalendarDate } from './calendar-date.ts';
import type { Language } from './language.ts';
import type { OutcomeCode } from './outcome.ts';

export interface Conclusion {
  readonly outcome: OutcomeCode;
  /** Values of the action's output schema. */
  readonly output: Readonly<Record<string, unknown>>;
  /** Name of the source that answered; '' when none was asked. */
  readonly source: string;
  readonly asOf: CalendarDate | undefined;
  /** The earlier call that it was kept from: this time it cost nothing. */
  readonly repeats?: { readonly requestId: string; readonly language: Language };
}
