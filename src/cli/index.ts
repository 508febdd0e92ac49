// Every command.

import { ACCOUNT_COMMANDS } from './account.ts';
import type { Command } from './command.ts';
import { KEY_COMMANDS } from './key.ts';
import { KMS_COMMANDS } from './kms.ts';
import { RANGES_COMMANDS } from './ranges.ts';
import { REGISTRY_COMMANDS } from './registry.ts';
import { serve } from './serve.ts';

export const COMMANDS: readonly Command[] = [
  serve,
  ...ACCOUNT_COMMANDS,
  ...KEY_COMMANDS,
  ...KMS_COMMANDS,
  ...RANGES_COMMANDS,
  ...REGISTRY_COMMANDS,
];
