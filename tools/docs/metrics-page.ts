// docs/reference/metrics.md: what /metrics tells, read from a fresh set of metrics.

import { createMetrics } from '../../src/server/metrics.ts';
import { joinBlocks, type Page, quote, renderTable } from './markdown.ts';

const OF_THE_RUNTIME = /^lineproof_(?:process|nodejs)_/;

export async function createMetricsPage(): Promise<Page> {
  const { text } = await createMetrics({
    readLedger: () => ({
      inFlight: 0,
      droppedLogs: 0,
      failedBatches: 0,
      batches: { bounds: [], commits: [], calls: 0 },
    }),
    isRegistryPresent: () => false,
  }).render();
  const types = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  const helps = [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = '', help = '']) => ({
    name,
    help,
  }));
  const own = helps.filter(({ name }) => !OF_THE_RUNTIME.test(name));
  return {
    file: 'metrics.md',
    title: 'Metrics',
    summary: 'What `GET /metrics` tells, in the text format of Prometheus.',
    body: joinBlocks(
      'With the option `metricsToken` set, its bearer may read them and nobody else. Without it, connections from loopback addresses may, unless a header shows that a reverse proxy passes the request on (`Forwarded`, `X-Forwarded-*`, `X-Real-IP`, `Via`). A proxy on the same machine that adds no such header cannot be told from a local reader: set the token, or keep the path from passing. Beside these come the usual figures of process and runtime (`lineproof_process_*`, `lineproof_nodejs_*`); lags and collections of these are measured from the first reading on. Labels take their values from our own tables, so their number is bounded.',
      renderTable(
        ['Metric', 'Type', 'Meaning'],
        own.map(({ name, help }) => [quote(name), types.get(name) ?? '', help]),
      ),
    ),
  };
}
