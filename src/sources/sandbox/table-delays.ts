// Sandbox rows 1690002NNNN: answers that come late. The last two digits are the seconds; the hundreds tell what comes
// then: 00 the default answer, 01 a busy source, 02 a source that timed out.

import { type Answers, faultOf, fromEveryAction, type Meaning, type SandboxRow } from './answer.ts';
import { RESULT_ROWS } from './table-results.ts';

const SECONDS = [1, 2, 5, 10] as const;
const BUSY_NUMBER = '16900000109';

const busy = RESULT_ROWS.find((row) => row.number === BUSY_NUMBER)?.answers ?? {};
const timedOut = fromEveryAction(faultOf('source_timeout'));

export const DELAY_ROWS: readonly SandboxRow[] = [
  ...SECONDS.map((seconds) => createRow('00', seconds, { en: 'the default answer', zh: '返回默认结果' }, {})),
  createRow('01', 10, { en: 'the source turns out to be busy', zh: '数据源繁忙' }, busy),
  createRow('02', 10, { en: 'the source has timed out', zh: '数据源超时' }, timedOut),
];

function createRow(kind: string, seconds: number, end: Meaning, answers: Answers): SandboxRow {
  return {
    number: `1690002${kind}${String(seconds).padStart(2, '0')}`,
    meaning: { en: `Slow: after ${seconds} s, ${end.en}.`, zh: `慢速：${seconds} 秒后${end.zh}。` },
    delayMs: seconds * 1000,
    answers,
  };
}
