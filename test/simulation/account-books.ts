// What a server's different views say of one account, all in one form: the ledger, the usage list, the aggregate, the CSV,
// and what is left.

import assert from 'node:assert/strict';
import type { createManagementClient } from '../support/management-client.ts';

/** Of one call, joined to a text so that lists of them can be sorted and compared. */
export interface UsageRow {
  readonly id: string;
  readonly credential_id: string | null;
  readonly trace_id: string;
  readonly status_code: number;
  readonly started_at: string;
  readonly used_amount: number;
  readonly original_amount: number;
  readonly deducted_amount: number;
  readonly remaining_amount: number | null;
  readonly metadata: {
    readonly outcome: string;
    readonly action: string;
    readonly protocol: string;
    readonly charged: boolean;
    readonly paid_by: string;
    readonly remaining_quota: number | null;
    readonly ledger_seq: number | null;
    readonly sandbox: boolean;
  };
}

export interface DaySums {
  readonly action: string;
  readonly protocol: string;
  readonly amount: number;
  readonly original_amount: number;
  readonly requests: number;
  readonly charged: number;
  readonly paid_by_quota: number;
  readonly paid_by_balance: number;
  readonly refused: number;
  readonly sandbox: number;
}

export interface LedgerEntry {
  readonly seq: number;
  readonly kind: 'call' | 'top_up' | 'quota_grant';
  readonly accountId: string;
  readonly secretId: string;
  readonly service: string;
  readonly action: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly outcome: string;
  readonly charged: boolean;
  readonly priceMinor: number;
  readonly paidBy: string;
  readonly amount: number;
}

export interface Left {
  readonly balance: number;
  readonly quota: Readonly<Record<string, number>>;
}

type Client = ReturnType<typeof createManagementClient>;
const PAGE = 100;

/** `query` begins with '?': whose usage, for an operator. */
export function createBooksReader(client: Client, headers: Readonly<Record<string, string>>, query = '') {
  const more = query === '' ? '?' : `${query}&`;

  async function ask(line: string): Promise<Record<string, unknown>> {
    const { status, text, json } = await client.call(`GET ${line}`, { headers });
    assert.equal(status, 200, `${line}: ${text}`);
    return json;
  }

  return {
    /** Every page, oldest first. */
    async list(): Promise<UsageRow[]> {
      const rows: UsageRow[] = [];
      let count: unknown;
      for (let cursor = ''; ; ) {
        const page = await ask(`/usage/apis${more}limit=${PAGE}${cursor}`);
        rows.push(...(page.items as UsageRow[]));
        count ??= page.count;
        if (page.next_cursor === null) break;
        cursor = `&cursor=${page.next_cursor}`;
      }
      assert.equal(rows.length, count, 'the pages hold as many calls as the first one counted');
      return rows.reverse();
    },
    async days(): Promise<{ items: DaySums[]; total: number; requests: number }> {
      const { items, total, requests } = await ask(`/usage/apis/aggregate${query}`);
      return { items: items as DaySums[], total: Number(total), requests: Number(requests) };
    },
    /** The cells of each line after the header, oldest first. */
    async csv(): Promise<string[][]> {
      const { status, text } = await client.call(`GET /usage/apis/export${query}`, { headers });
      assert.equal(status, 200, text);
      const [header, ...lines] = text.trimEnd().split('\r\n').join('\n').split('\n');
      assert.equal(
        header,
        'Usage ID,API,Status Code,Deducted Amount,Original Amount,Trace ID,Created At',
        'the header of the CSV',
      );
      return lines.map((line) => line.split(',')).reverse();
    },
    /** As a credential sees it. */
    async balance(): Promise<Left> {
      const { balance, services } = await ask('/balance');
      const rows = services as readonly { alias: string; remaining_amount: number }[];
      const quota = Object.fromEntries(rows.map((row) => [row.alias, row.remaining_amount]));
      return { balance: Number(balance), quota };
    },
  };
}
