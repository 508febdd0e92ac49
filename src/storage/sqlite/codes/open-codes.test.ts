import { testCodeAttempts } from '../../../../test/contract/code-attempts.ts';
import { testCodeGuards } from '../../../../test/contract/code-guards.ts';
import { openTestCodes } from '../../../../test/support/code-stores.ts';

testCodeAttempts('sqlite', openTestCodes);
testCodeGuards('sqlite', openTestCodes);
