// Every command, by the first word of its name. A command line loads the commands of its own word and what those need: most
// of the program is the server, which a look at the ledger does not wait for.

import type { Command } from './command.ts';

const BY_WORD: Readonly<Record<string, () => Promise<readonly Command[]>>> = {
  serve: async () => [(await import('./serve.ts')).serve],
  check: async () => [(await import('./check.ts')).check],
  sign: async () => [(await import('./sign.ts')).sign],
  doctor: async () => [(await import('./doctor.ts')).doctor],
  backup: async () => [(await import('./backup.ts')).backup],
  restore: async () => [(await import('./restore.ts')).restore],
  account: async () => (await import('./account.ts')).ACCOUNT_COMMANDS,
  key: async () => (await import('./key.ts')).KEY_COMMANDS,
  kms: async () => (await import('./kms.ts')).KMS_COMMANDS,
  ledger: async () => (await import('./ledger.ts')).LEDGER_COMMANDS,
  operator: async () => (await import('./operator.ts')).OPERATOR_COMMANDS,
  ranges: async () => (await import('./ranges.ts')).RANGES_COMMANDS,
  registry: async () => (await import('./registry.ts')).REGISTRY_COMMANDS,
  usage: async () => (await import('./usage.ts')).USAGE_COMMANDS,
};

/** The commands that begin with the word; all where none does: help lists them, and an error names the nearest. */
export async function loadCommands(word?: string): Promise<readonly Command[]> {
  const own = word !== undefined && Object.hasOwn(BY_WORD, word) ? BY_WORD[word] : undefined;
  const loads = own === undefined ? Object.values(BY_WORD) : [own];
  return (await Promise.all(loads.map((load) => load()))).flat();
}
