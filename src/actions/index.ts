// The catalogue: every action the service offers, sorted by name.

import type { ActionDefinition } from '../core/action.ts';
import {
  identityMatch,
  identityMatchMobile,
  identityMatchTelecom,
  identityMatchUnicom,
} from './identity-match.ts';
import { lineStatus } from './line-status.ts';
import { lineTenure } from './line-tenure.ts';
import { nameMatch } from './name-match.ts';

export const ACTIONS: readonly ActionDefinition[] = [
  identityMatch,
  identityMatchMobile,
  identityMatchTelecom,
  identityMatchUnicom,
  lineStatus,
  lineTenure,
  nameMatch,
];
