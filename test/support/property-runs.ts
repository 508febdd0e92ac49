// How often a property is tried: as often as its test says, or many times over in a *.long.test.ts, which asks for that and
// then loads the same tests.

import fc from 'fast-check';

const USUAL_RUNS = 100;
let factor = 1;

/** To be called before the tests are loaded. Properties that name no number of runs are multiplied too. */
export function multiplyPropertyRuns(times: number): void {
  factor = times;
  fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: USUAL_RUNS * times });
}

export function propertyRuns(usual: number): { readonly numRuns: number } {
  return { numRuns: usual * factor };
}
