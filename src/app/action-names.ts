// The actions by our own names, apart from what opens accounts: the table of actions is most of what such a command would load.

import { ACTIONS } from '../actions/index.ts';

/** What a key may be restricted to. */
export const ACTION_NAMES: readonly string[] = ACTIONS.map(({ name }) => name);
