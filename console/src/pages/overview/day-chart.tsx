// Calls by day as stacked bars.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallSeries } from './call-series.ts';
import { CHART_HEIGHT } from './chart-height.ts';
import { type Breakdown, byDate, datesShown, sumBy } from './sums.ts';
import { useDayChart } from './use-day-chart.ts';

interface Props {
  readonly breakdown: Breakdown;
  readonly sandbox: boolean;
}

export function DayChart({ breakdown, sandbox }: Props) {
  const { t } = useTranslation();
  const series = useCallSeries(sandbox);
  const drawn = useMemo(() => {
    const sums = new Map(sumBy(breakdown, sandbox, byDate).map((one) => [one.name, one]));
    const dates = datesShown(breakdown, [...sums.keys()]);
    return {
      dates,
      series: series.map(({ key, name, tone }) => ({
        ...{ name, tone, type: 'bar', stack: 'calls', barMaxWidth: 28 },
        data: dates.map((date) => sums.get(date)?.[key] ?? 0),
      })),
    };
  }, [breakdown, sandbox, series]);
  const place = useDayChart(drawn);
  return (
    <div ref={place} role="img" aria-label={t('overview.chartLabel')} style={{ height: CHART_HEIGHT }} />
  );
}
