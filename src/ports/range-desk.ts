// What may be done to the table of number ranges while the server runs. What changed counts from the next call on.

import type { NumberRange } from './source.ts';

export interface RangeDesk {
  /** Names of the actions that a range may be limited to. */
  readonly actions: readonly string[];
  /** Every range by its prefix; the same array until the table changes. */
  list(): readonly NumberRange[];
  /**
   * Adds the range, or changes the one with this prefix. Throws DeskError 'invalid' for one that makes no sense, and Fault
   * 'overloaded' while an import keeps the registry busy, as all of these do.
   */
  set(actor: string, range: NumberRange): Promise<void>;
  /** Throws DeskError 'not_found' where there is none with exactly this prefix. */
  remove(actor: string, prefix: string): Promise<void>;
  /**
   * All of a CSV text (prefix,holder,actions), or none of it; `replaces` takes every other range away. Answers how many
   * there were; DeskError 'invalid' names the line or the range that is wrong.
   */
  import(actor: string, csv: string, replaces: boolean): Promise<number>;
  /** What `import` takes, in pieces. */
  export(): Iterable<string>;
}
