// Calls by day as stacked bars.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LOCALES, languageOf } from '../../i18n/language.ts';
import { useChart, useChartInk } from '../../parts/use-chart.ts';
import type { UsageDay } from './overview.tsx';
import { sumBy } from './sums.ts';

const HEIGHT = 320;
const DAY_MS = 86_400_000;
interface Props {
  readonly items: readonly UsageDay[];
  readonly days: number;
}

export default function DayChart({ items, days }: Props) {
  const { t, i18n } = useTranslation();
  const { ink, line } = useChartInk();
  const option = useMemo(() => {
    const sums = new Map(sumBy(items, (day) => day.date).map((one) => [one.name, one]));
    const dates = datesUntil([...sums.keys()].sort().at(-1) ?? '', days);
    const day = new Intl.DateTimeFormat(LOCALES[languageOf(i18n.language)], {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
    const series = [
      ['charged', t('overview.charged')],
      ['free', t('overview.free')],
      ['refused', t('overview.refused')],
      ['sandbox', t('overview.sandbox')],
    ] as const;
    return {
      grid: {
        left: 8,
        right: 8,
        top: 40,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      legend: { top: 0, left: 0, textStyle: { color: ink }, itemWidth: 12, itemHeight: 12 },
      // Drawn on the canvas: the policy allows no style attributes in made-up HTML.
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
      xAxis: {
        type: 'category',
        data: dates.map((date) => day.format(new Date(date))),
        axisLabel: { color: ink },
        axisTick: { show: false },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: ink },
        splitLine: { lineStyle: { color: line } },
      },
      series: series.map(([key, name]) => ({
        name,
        type: 'bar',
        stack: 'calls',
        barMaxWidth: 28,
        data: dates.map((date) => sums.get(date)?.[key] ?? 0),
      })),
    };
  }, [items, days, ink, line, t, i18n.language]);
  const place = useChart(option);

  return <div ref={place} role="img" aria-label={t('overview.chartLabel')} style={{ height: HEIGHT }} />;
}

/** The last so many days, oldest first, with those on which nothing was called. */
function datesUntil(last: string, days: number): string[] {
  const today = new Date(Date.now()).toISOString().slice(0, 10);
  const endMs = Date.parse(last > today ? last : today);
  return Array.from({ length: days }, (_, index) =>
    new Date(endMs - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
