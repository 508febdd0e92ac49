// The sandbox's side of the pipeline: documented inputs give documented answers, nothing live is touched.

import type { Conclusion } from '../domain/conclusion.ts';

export interface Rehearsal {
  /**
   * The documented answer for this input; throws the documented Fault. Waits as long as the table says.
   * undefined: the sandbox has no say and the action runs as it would live (platform actions).
   */
  rehearse(
    action: string,
    input: Readonly<Record<string, unknown>>,
    /** Row id of the sandbox account: what one of them does, another does not see. */
    accountId?: number,
  ): Conclusion | Promise<Conclusion> | undefined;
}
