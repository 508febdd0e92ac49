// Charts over days: one axis of dates by the language, one of numbers.

import type { EChartsCoreOption } from 'echarts/core';
import { type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LOCALES, languageOf } from '../../i18n/language.ts';
import { type ChartInk, useChart, useChartInk } from '../../parts/use-chart.ts';

interface Drawn {
  readonly dates: readonly string[];
  /** `tone` is the place of its colour. */
  readonly series: readonly (object & { readonly tone: 0 | 1 | 2 })[];
  /** Of a value on the axis and in the tip. */
  readonly format?: (value: number) => string;
}

/** `drawn` is drawn anew when it is another object. */
export function useDayChart(drawn: Drawn): RefObject<HTMLDivElement | null> {
  const { i18n } = useTranslation();
  const inks = useChartInk();
  const locale = LOCALES[languageOf(i18n.language)];
  return useChart(useMemo(() => optionOf(drawn, locale, inks), [drawn, locale, inks]));
}

function optionOf(
  { dates, series, format }: Drawn,
  locale: string,
  { ink, line, colours }: ChartInk,
): EChartsCoreOption {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return {
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
      splitLine: { lineStyle: { color: line } },
    },
    series: series.map(({ tone, ...one }) => ({ ...one, itemStyle: { color: colours[tone] } })),
  };
}

/** Of a day without calls there is nothing. */
function tipOf(value: unknown, format: (value: number) => string): string {
  return typeof value === 'number' ? format(value) : '–';
}
