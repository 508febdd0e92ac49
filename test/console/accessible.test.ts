// Every page of the console and its dialogs under axe-core's rules, half of them light, half of them dark; and no complaint of the
// browser on any. The other look of each is in the long run.

import { judgePages } from '../support/accessible-pages.ts';

judgePages(['light', 'dark']);
