// Latency by day: three percentiles as lines, with gaps where nothing was called.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CHART_HEIGHT } from './chart-height.ts';
import { useMsText } from './ms-text.ts';
import { type Breakdown, byDate, datesShown, sumBy } from './sums.ts';
import { useDayChart } from './use-day-chart.ts';

const PERCENTILES = [
  ['p50_ms', 'p50', 'solid', 0],
  ['p95_ms', 'p95', 'dashed', 1],
  ['p99_ms', 'p99', 'dotted', 2],
] as const;

export function LatencyChart({ breakdown }: { readonly breakdown: Breakdown }) {
  const { t } = useTranslation();
  const msText = useMsText();
  const drawn = useMemo(() => {
    const days = new Map(breakdown.latency.days.map((one) => [one.date, one]));
    const called = sumBy(breakdown, false, byDate).map(({ name }) => name);
    const dates = datesShown(breakdown, called);
    return {
      dates,
      format: msText,
      series: PERCENTILES.map(([key, name, type, tone]) => ({
        ...{ name, tone, type: 'line', lineStyle: { type, width: 2 } },
        ...{ symbol: 'circle', symbolSize: 5, showAllSymbol: true },
        data: dates.map((date) => days.get(date)?.[key] ?? null),
      })),
    };
  }, [breakdown, msText]);
  const place = useDayChart(drawn);
  return (
    <div ref={place} role="img" aria-label={t('overview.latencyLabel')} style={{ height: CHART_HEIGHT }} />
  );
}
