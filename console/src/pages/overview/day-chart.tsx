// Calls by day as stacked bars.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CHART_HEIGHT } from './chart-height.ts';
import { type Breakdown, byDate, datesShown, sumBy } from './sums.ts';
import { useDayChart } from './use-day-chart.ts';

interface Props {
  readonly breakdown: Breakdown;
  readonly sandbox: boolean;
}

export function DayChart({ breakdown, sandbox }: Props) {
  const { t } = useTranslation();
  const drawn = useMemo(() => {
    const sums = new Map(sumBy(breakdown, sandbox, byDate).map((one) => [one.name, one]));
    const dates = datesShown(breakdown, [...sums.keys()]);
    const series = [
      ...(sandbox ? [] : [['charged', t('overview.charged'), 0] as const]),
      ['free', sandbox ? t('overview.answered') : t('overview.free'), sandbox ? 0 : 1] as const,
      ['errors', t('overview.errors'), 2] as const,
    ];
    return {
      dates,
      series: series.map(([key, name, tone]) => ({
        ...{ name, tone, type: 'bar', stack: 'calls', barMaxWidth: 28 },
        data: dates.map((date) => sums.get(date)?.[key] ?? 0),
      })),
    };
  }, [breakdown, sandbox, t]);
  const place = useDayChart(drawn);
  return (
    <div ref={place} role="img" aria-label={t('overview.chartLabel')} style={{ height: CHART_HEIGHT }} />
  );
}
