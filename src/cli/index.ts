// Every command.

import { ACCOUNT_COMMANDS } from './account.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { KEY_COMMANDS } from './key.ts';
import { KMS_COMMANDS } from './kms.ts';
import { LEDGER_COMMANDS } from './ledger.ts';
import { OPERATOR_COMMANDS } from './operator.ts';
import { RANGES_COMMANDS } from './ranges.ts';
import { REGISTRY_COMMANDS } from './registry.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { sign } from './sign.ts';
import { USAGE_COMMANDS } from './usage.ts';

export const COMMANDS: readonly Command[] = [
  serve,
  check,
  sign,
  doctor,
  backup,
  restore,
  ...ACCOUNT_COMMANDS,
  ...KEY_COMMANDS,
  ...KMS_COMMANDS,
  ...LEDGER_COMMANDS,
  ...OPERATOR_COMMANDS,
  ...RANGES_COMMANDS,
  ...REGISTRY_COMMANDS,
  ...USAGE_COMMANDS,
];
