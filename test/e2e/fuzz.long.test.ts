// The bad input of fuzz.test.ts, many times over.

import { multiplyPropertyRuns } from '../support/property-runs.ts';

multiplyPropertyRuns(20);
await import('./fuzz.test.ts');
