// The usage of a ledger in a directory of its own, opened as the server opens it; time belongs to the test.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { LoggedCall } from '../../src/ports/ledger.ts';
import type { UsageCall, UsageCallFilter, UsageCursor } from '../../src/ports/usage.ts';
import { type OpenUsage, openUsage, type UsageOptions } from '../../src/storage/sqlite/usage/open-usage.ts';
import type { ProjectorOptions } from '../../src/storage/sqlite/usage/project.ts';
import { DAY_START_MS } from './attempts.ts';
import { type LedgerPaths, ledgerPaths } from './ledgers.ts';

export const DAY_MS = 86_400_000;
export const API_NAMES = { tencent: { 'line-status': '/?Action=MobileStatus' } };

export function usagePath(directory: string): string {
  return join(directory, 'usage.db');
}

export function projectorOptions({ ledgerPath, callsPath }: LedgerPaths): ProjectorOptions {
  return {
    ledgerPath,
    callsPath,
    timeZone: 'UTC',
    statusCodes: { acedata: { rate_limited: 429 } },
    keepMs: 60 * DAY_MS,
  };
}

/** Deadlines never come and nothing is projected but on demand, unless the changes say otherwise. */
export function openTestUsage(directory: string, changes: Partial<UsageOptions> = {}): OpenUsage {
  return openUsage({
    usagePath: usagePath(directory),
    projector: projectorOptions(ledgerPaths(directory)),
    csv: { apiNames: API_NAMES, timeZone: 'UTC', rowsMax: 1_000_000 },
    ledger: { ...ledgerPaths(directory), timeZone: 'UTC' },
    clock: { nowMs: () => DAY_START_MS, sleep: untilAborted },
    deadlineMs: 10_000,
    questionsMax: 16,
    onError: (message) => assert.fail(message),
    ...changes,
  });
}

export function untilAborted(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) =>
    signal?.addEventListener('abort', () => reject(new Error('aborted'))),
  );
}

export async function readAllPages(
  usage: OpenUsage,
  filter: UsageCallFilter,
  limit: number,
  between: () => Promise<void> = async () => {},
): Promise<UsageCall[]> {
  const calls: UsageCall[] = [];
  for (let cursor: UsageCursor | undefined; ; ) {
    const page = await usage.list(filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
    calls.push(...page.calls);
    cursor = page.next;
    if (cursor === undefined) return calls;
    await between();
  }
}

export async function readText(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

let logged = 0;

/** A call of account 1 that was refused for its rate. */
export function makeLoggedCall(changes: Partial<LoggedCall> = {}): LoggedCall {
  logged += 1;
  return {
    timeMs: DAY_START_MS + logged,
    accountId: 1,
    keyId: 1,
    requestId: `00000000-0000-4000-9000-${String(logged).padStart(12, '0')}`,
    action: 'line-status',
    protocol: 'tencent',
    outcome: 'rate_limited',
    resultCode: '',
    sandbox: false,
    durationUs: 1500,
    ...changes,
  };
}
