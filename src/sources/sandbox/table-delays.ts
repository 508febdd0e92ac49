// Sandbox rows 1690002NNNN: answers that come late. The last two digits are the seconds; the hundreds tell what comes
// then: 00 the default answer, 01 a busy source, 02 a source that timed out.

import { type Answers, faultOf, fromEveryAction, type SandboxRow } from './answer.ts';
import { RESULT_ROWS } from './table-results.ts';

const SECONDS = [1, 2, 5, 10] as const;
const BUSY_NUMBER = '16900000109';

const busy = RESULT_ROWS.find((row) => row.number === BUSY_NUMBER)?.answers ?? {};
const timedOut = fromEveryAction(faultOf('source_timeout'));

export const DELAY_ROWS: readonly SandboxRow[] = [
  ...SECONDS.map((seconds) => createRow('00', seconds, 'the default answer', {})),
  createRow('01', 10, 'the source turns out to be busy', busy),
  createRow('02', 10, 'the source has timed out', timedOut),
];

function createRow(kind: string, seconds: number, end: string, answers: Answers): SandboxRow {
  return {
    number: `1690002${kind}${String(seconds).padStart(2, '0')}`,
    meaning: `Slow: after ${seconds} s, ${end}.`,
    delayMs: seconds * 1000,
    answers,
  };
}
