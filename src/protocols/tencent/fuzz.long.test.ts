// The requests of fuzz.test.ts, many times over.

import { multiplyPropertyRuns } from '../../../test/support/property-runs.ts';

multiplyPropertyRuns(50);
await import('./fuzz.test.ts');
