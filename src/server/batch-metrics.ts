// The ledger's commits as a Prometheus histogram: their count, the calls in them, and how many calls each took.

import { renderHead } from './metric-text.ts';

export interface Batches {
  readonly bounds: readonly number[];
  /** Commits by bound, and those beyond the last one. */
  readonly commits: readonly number[];
  readonly calls: number;
}

const NAME = 'lineproof_ledger_batch_calls';

export function renderBatches({ bounds, commits, calls }: Batches): string {
  let total = 0;
  const buckets = commits.map((count, at) => {
    total += count;
    return `${NAME}_bucket{le="${bounds[at] ?? '+Inf'}"} ${total}`;
  });
  const help = 'Calls in one commit of the ledger; the count is the number of commits.';
  const lines = [...buckets, `${NAME}_sum ${calls}`, `${NAME}_count ${total}`, ''];
  return renderHead('histogram', NAME, help) + lines.join('\n');
}
