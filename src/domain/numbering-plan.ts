// The numbering plans of all countries (libphonenumber). A hundred files, a quarter of a short command's time: read when first
// needed, which for mainland mobiles is never.

import { createRequire } from 'node:module';
import type * as NumberingPlan from 'libphonenumber-js/max';

let plan: typeof NumberingPlan | undefined;

export function numberingPlan(): typeof NumberingPlan {
  plan ??= createRequire(import.meta.url)('libphonenumber-js/max') as typeof NumberingPlan;
  return plan;
}
