// How a live request causes each outcome.

import type { WireAction } from '../../src/app/wire-view.ts';
import { Fault } from '../../src/domain/fault.ts';
import type { OutcomeCode } from '../../src/domain/outcome.ts';
import { type Cause, recordFor } from './live-call.ts';

type FindCause = (wire: WireAction) => Cause;

/** A malformed value for one of our fields. */
const malformed =
  (field: string, value: string): FindCause =>
  ({ fieldName }) => ({ input: { [fieldName(field)]: value } });
const failing: FindCause = () => ({
  answer() {
    throw new Fault('source_unavailable');
  },
});

export const OUTCOME_CAUSES: Readonly<Partial<Record<OutcomeCode, FindCause>>> = {
  completed: () => ({}),
  code_sent: () => ({}),
  code_verified: () => ({}),
  known: () => ({}),
  match: () => ({}),
  mismatch: (wire) => ({ answer: { ...recordFor(wire), nameMatches: false } }),
  number_vacant: (wire) => ({ answer: { ...recordFor(wire), status: 'vacant' } }),
  tenure_unknown: (wire) => ({ answer: { ...recordFor(wire), activatedOn: undefined } }),
  no_record: () => ({ answer: 'absent' }),
  number_invalid: malformed('msisdn', '123'),
  id_card_invalid: malformed('idCard', '123'),
  name_invalid: malformed('name', '123'),
  source_busy: failing,
  source_failed: failing,
  daily_limit: () => ({ account: { dailyLimit: 1 }, twice: true }),
  range_unsupported: malformed('msisdn', '16137688175'),
};
