// A chart in a place of the page: drawn on a canvas, in the theme's colours, as wide as its place. ECharts is loaded with
// charts.tsx alone, and only the parts that are drawn.

import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../app/preferences.ts';
import { LOCALES, languageOf } from '../../i18n/language.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** Told apart by lightness as well, for eyes that see colours otherwise. */
const COLOURS = {
  light: ['#0b5fd0', '#8fbaf3', '#c2410c'],
  dark: ['#4c8ff0', '#2a4a7d', '#f08a5d'],
};

interface Drawn {
  readonly dates: readonly string[];
  readonly series: readonly (object & { readonly tone: 0 | 1 | 2 })[];
  /** Of a value on the axis and in the tip. */
  readonly format?: (value: number) => string;
}

/** `drawn` is drawn anew when it is another object. */
export function useChart(drawn: Drawn): RefObject<HTMLDivElement | null> {
  const { i18n } = useTranslation();
  const { dark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const locale = LOCALES[languageOf(i18n.language)];

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
    chart.current?.setOption(optionOf(drawn, locale, dark), { notMerge: true });
  }, [drawn, locale, dark]);
  return place;
}

function optionOf({ dates, series, format }: Drawn, locale: string, dark: boolean): EChartsCoreOption {
  const colours = dark ? COLOURS.dark : COLOURS.light;
  const ink = dark ? '#c9ced6' : '#475467';
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return {
    textStyle: { fontFamily: 'inherit', color: ink },
    grid: {
      ...{ left: 8, right: 8, top: 40, bottom: 8 },
      ...{ outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    },
    legend: { top: 0, left: 0, textStyle: { color: ink }, itemWidth: 12, itemHeight: 12, icon: 'roundRect' },
    // Drawn on the canvas: the policy allows no style attributes in made-up HTML.
    tooltip: {
      ...{ trigger: 'axis', renderMode: 'richText', confine: true },
      ...(format === undefined ? {} : { valueFormatter: (value: unknown) => tipOf(value, format) }),
    },
    xAxis: {
      type: 'category',
      data: dates.map((date) => day.format(new Date(date))),
      axisLabel: { color: ink },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      ...(format === undefined ? { minInterval: 1 } : {}),
      axisLabel: { color: ink, ...(format === undefined ? {} : { formatter: format }) },
      splitLine: { lineStyle: { color: dark ? '#2b3036' : '#e4e7ec' } },
    },
    series: series.map(({ tone, ...one }) => ({ ...one, itemStyle: { color: colours[tone] } })),
  };
}

/** Of a day without calls there is nothing. */
function tipOf(value: unknown, format: (value: number) => string): string {
  return typeof value === 'number' ? format(value) : '–';
}
