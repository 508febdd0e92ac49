// Calls by day as stacked bars. ECharts is loaded with this file alone, and only the parts that are drawn.

import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../app/preferences.ts';
import { LOCALES, languageOf } from '../../i18n/language.ts';
import type { UsageDay } from './overview.tsx';
import { sumBy } from './sums.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const HEIGHT = 320;
const DAY_MS = 86_400_000;
/** Told apart by lightness as well, for eyes that see colours otherwise. */
const COLOURS = {
  light: ['#0b5fd0', '#8fbaf3', '#c2410c', '#a78bda'],
  dark: ['#4c8ff0', '#2a4a7d', '#f08a5d', '#8a6fc4'],
};

interface Props {
  readonly items: readonly UsageDay[];
  readonly days: number;
}

export default function DayChart({ items, days }: Props) {
  const { t, i18n } = useTranslation();
  const { dark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);

  useEffect(() => {
    if (place.current === null) return;
    const made = init(place.current, null, { renderer: 'canvas' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const sums = new Map(sumBy(items, (day) => day.date).map((one) => [one.name, one]));
    const dates = datesUntil([...sums.keys()].sort().at(-1) ?? '', days);
    const day = new Intl.DateTimeFormat(LOCALES[languageOf(i18n.language)], {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
    const ink = dark ? '#c9ced6' : '#475467';
    const series = [
      ['charged', t('overview.charged')],
      ['free', t('overview.free')],
      ['refused', t('overview.refused')],
      ['sandbox', t('overview.sandbox')],
    ] as const;
    chart.current?.setOption(
      {
        color: dark ? COLOURS.dark : COLOURS.light,
        textStyle: { fontFamily: 'inherit', color: ink },
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
          splitLine: { lineStyle: { color: dark ? '#2b3036' : '#e4e7ec' } },
        },
        series: series.map(([key, name]) => ({
          name,
          type: 'bar',
          stack: 'calls',
          barMaxWidth: 28,
          data: dates.map((date) => sums.get(date)?.[key] ?? 0),
        })),
      },
      { notMerge: true },
    );
  }, [items, days, dark, t, i18n.language]);

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
