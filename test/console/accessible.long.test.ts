// Every page of the console under axe-core's rules, in the look that the ordinary run leaves out.

import { judgePages } from '../support/accessible-pages.ts';

judgePages(['dark', 'light']);
