// The sums of the overview: live calls and calls of the sandbox share a row, and never a figure.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Breakdown, sumBy } from '../../console/src/pages/overview/sums.ts';

const DATE = '2026-11-22';
const BREAKDOWN: Breakdown = {
  ...{ date_from: DATE, date_to: DATE, timezone: 'UTC' },
  items: [
    {
      ...{ date: DATE, action: 'line-status', protocol: 'acedata', requests: 30, sandbox: 12 },
      ...{ charged: 18, paid_by_quota: 15, paid_by_balance: 3, amount: 60, original_amount: 360, refused: 0 },
    },
  ],
  outcomes: [],
  latency: { all: null, actions: [], days: [] },
};

test('calls of the sandbox are all answered free, however many live calls of the same day were charged', () => {
  const [sum] = sumBy(BREAKDOWN, true, ({ date }) => date);
  assert.deepEqual([sum?.calls, sum?.free, sum?.charged, sum?.byQuota, sum?.amount], [12, 12, 0, 0, 0]);
});

test('live calls are counted without those of the sandbox', () => {
  const [sum] = sumBy(BREAKDOWN, false, ({ date }) => date);
  assert.deepEqual([sum?.calls, sum?.free, sum?.charged, sum?.byQuota, sum?.amount], [18, 0, 18, 15, 60]);
});
