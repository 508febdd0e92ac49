// Which of the known habits makes a refused signature fit: one alone or, where there is time for it, two together.

import type { StepName } from '../../domain/diagnosis.ts';
import type { Habit } from './habits.ts';

export interface Explanation {
  readonly step: StepName;
  readonly finding: string;
  readonly en: string;
  readonly zh: string;
}

/** The most likely hosts and paths of a body; only of these are two habits tried. */
const THOROUGH_STARTS = 2;

/** `starts`: what may have been signed, a list for each body. undefined where no habit fits. */
export function findHabits<Texts>(
  starts: readonly (readonly Texts[])[],
  habits: readonly Habit<Texts>[],
  thorough: boolean,
  fits: (texts: Texts) => boolean,
): readonly Explanation[] | undefined {
  for (const start of starts.flat())
    for (const habit of habits) {
      const changed = habit.change(start);
      if (changed !== undefined && fits(changed)) return [explain(habit, start)];
    }
  if (!thorough) return undefined;
  for (const start of starts.flatMap((ofBody) => ofBody.slice(0, THOROUGH_STARTS)))
    for (const [at, first] of habits.entries()) {
      const once = first.change(start);
      if (once === undefined) continue;
      for (const second of habits.slice(at + 1)) {
        if (second.step === first.step) continue;
        const twice = second.change(once);
        if (twice !== undefined && fits(twice)) return [explain(first, start), explain(second, start)];
      }
    }
  return undefined;
}

function explain<Texts>({ step, finding, en, zh }: Habit<Texts>, sent: Texts): Explanation {
  const say = (words: string | ((sent: Texts) => string)) =>
    typeof words === 'string' ? words : words(sent);
  return { step, finding, en: say(en), zh: say(zh) };
}
