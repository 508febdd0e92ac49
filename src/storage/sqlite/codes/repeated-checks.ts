// Checks that a caller gave a name: what was found is kept in the transaction that used the code up or counted the attempt, and is
// found again under the same name, so that a server that dies before its answer costs nobody the code.

import type { CodeCheck } from '../../../ports/code-store.ts';
import type { CheckedCode } from '../../../ports/verifications.ts';
import type { Marks } from './marks.ts';

interface Kept {
  readonly checked: CheckedCode;
  readonly untilMs: number;
}

const NAME = 'checked';

/** `check` wrapped so; a check without a name costs nothing more. */
export function answerRepeats(
  marks: Marks,
  keptMs: number,
  check: (wanted: CodeCheck) => CheckedCode,
): (wanted: CodeCheck) => CheckedCode {
  return (wanted) => {
    const { account, repeat, nowMs } = wanted;
    if (repeat === undefined) return check(wanted);
    const kept = marks.find(account, repeat, NAME) as Kept | undefined;
    if (kept !== undefined && kept.untilMs > nowMs) return kept.checked;
    const checked = check(wanted);
    const untilMs = nowMs + keptMs;
    // Of a code that could not be entered nothing was used up.
    if (checked.kind !== 'unusable') marks.put(account, repeat, NAME, { checked, untilMs }, untilMs);
    return checked;
  };
}
