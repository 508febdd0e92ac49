// What the help of a group of commands says: one sentence and what people do with it most.

export interface CommandGroup {
  readonly summary: string;
  /** Whole command lines without the program's name. */
  readonly examples: readonly string[];
  /** Where else to look. */
  readonly note?: string;
}

export const GROUPS: Readonly<Record<string, CommandGroup>> = {
  account: {
    summary: 'Accounts: who calls and who pays, with their services, funds, limits and state.',
    examples: [
      'account create --name Shop --activate all --quota 1000 --balance 500000',
      'account topup 100000000001 500000',
    ],
  },
  key: {
    summary: 'API keys of accounts: made, restricted, exchanged for new ones, refused.',
    examples: ['key create 100000000001 --name till --service line-status', 'key list 100000000001'],
  },
  kms: {
    summary: 'The public keys of this server, for callers who encrypt fields under a key of their own.',
    examples: ['kms public-keys', 'kms public-keys --json > public-keys.json'],
    note: "Whether verification may use the KMS keys of an account: lineproof account kms-grant ACCOUNT on|off\nThe keys themselves are made by the account's own calls (CreateKey).",
  },
  ledger: {
    summary:
      'The chained record of every call that ended in an outcome: checked, written out, its time zone.',
    examples: ['ledger verify', 'ledger export --from 2026-11-01 --to 2026-11-30 > november.csv'],
  },
  operator: {
    summary: 'People who run this server through its management calls, and what they show to be let in.',
    examples: ['operator link', 'operator token create ann', 'operator token list'],
  },
  'operator token': {
    summary: 'Tokens of operators for the management calls: each is shown once, and may end or be revoked.',
    examples: ['operator token create ci --expires 2027-01-01', 'operator token list'],
  },
  ranges: {
    summary: 'Number ranges: which numbers are supported, who holds them and what may be asked of them.',
    examples: ['ranges list', 'ranges import ranges.csv'],
  },
  registry: {
    summary: 'The subscriber records that answer the calls: imported, counted, written out, deleted.',
    examples: ['registry import subscribers.csv.gz', 'registry stats'],
  },
  usage: {
    summary: 'What an account asked and what it cost: call by call, by day, or as CSV.',
    examples: [
      'usage list --account 100000000001',
      'usage aggregate --account 100000000001 --from 2026-11-01 --to 2026-11-30',
    ],
  },
};
