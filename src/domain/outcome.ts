// Outcomes: the conclusions an action can reach. An outcome is an answer (HTTP 200, some are charged);
// a fault (fault.ts) is why there is none. Protocols map each outcome to their own result codes.

export const OUTCOMES = [
  'completed', // a platform action (keys, caller identity) did what it was asked
  'code_sent', // the message is on its way
  'code_verified', // the contact holds the code
  'known', // the line's status or tenure is known
  'match',
  'mismatch',
  'number_vacant', // the number does not exist (any more)
  'tenure_unknown', // the number exists, its tenure is not known
  'no_record',
  'number_invalid',
  'id_card_invalid',
  'name_invalid',
  'source_busy',
  'source_error', // the source answered with something we cannot read
  'source_failed', // the source could not be asked
  'daily_limit',
  'range_unsupported',
] as const;

export type OutcomeCode = (typeof OUTCOMES)[number];
