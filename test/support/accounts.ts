// An accounts file with one account, for tests: opened as an operator's process would open it.

import { join } from 'node:path';
import type { Clock } from '../../src/ports/clock.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import {
  type AccountAdministration,
  openAccountAdministration,
} from '../../src/storage/sqlite/accounts/account-administration.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

interface TestContext {
  after(end: () => void): void;
}

export const NOW_MS = Date.UTC(2026, 10, 21, 4);
export const FIXED_CLOCK: Clock = { nowMs: () => NOW_MS, sleep: async () => {} };
export const ENVELOPE_KEY = Buffer.alloc(32, 7);

export const SHOP = {
  name: 'Shop',
  services: ['line-status'],
  sandbox: false,
  state: 'active',
} as const;

export function makeAccountsFile(test: TestContext): string {
  return join(makeTemporaryDirectory(test), 'accounts.db');
}

export function administrate(test: TestContext, path: string): AccountAdministration {
  const administration = openAccountAdministration({
    path,
    secretEnvelopeKey: ENVELOPE_KEY,
    clock: FIXED_CLOCK,
    random: systemRandom,
    actor: 'test',
  });
  test.after(() => administration.close());
  return administration;
}
