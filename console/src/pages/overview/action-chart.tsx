// Calls by question as stacked bars, one below the other, the most called first.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useProtocolWord } from '../../parts/protocol-word.ts';
import { useChart, useChartInk } from '../../parts/use-chart.ts';
import { useCallSeries } from './call-series.ts';
import { CHART_HEIGHT } from './chart-height.ts';
import { type Breakdown, byAction, sumBy } from './sums.ts';

interface Props {
  readonly breakdown: Breakdown;
  readonly sandbox: boolean;
}

/** The table has all. */
const BARS_MAX = 8;
const NAME_WIDTH = 150;

export function ActionChart({ breakdown, sandbox }: Props) {
  const { t } = useTranslation();
  const protocolWord = useProtocolWord();
  const series = useCallSeries(sandbox);
  const { ink, line, colours } = useChartInk();
  const option = useMemo(() => {
    const sums = sumBy(breakdown, sandbox, byAction)
      .toSorted((one, other) => other.calls - one.calls)
      .slice(0, BARS_MAX);
    const nameOf = ({ name, protocol }: (typeof sums)[number]) =>
      `${name.slice(protocol.length + 1)}\n${protocolWord(protocol)}`;
    return {
      grid: { left: NAME_WIDTH, right: 16, top: 40, bottom: 28 },
      legend: {
        top: 0,
        left: 0,
        textStyle: { color: ink },
        itemWidth: 12,
        itemHeight: 12,
        icon: 'roundRect',
      },
      // Drawn on the canvas: the policy allows no style attributes in made-up HTML.
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
      xAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: ink, hideOverlap: true },
        splitLine: { lineStyle: { color: line } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: sums.map(nameOf),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: ink, width: NAME_WIDTH - 12, overflow: 'truncate' },
      },
      series: series.map(({ key, name, tone }) => ({
        ...{ name, type: 'bar', stack: 'calls', barMaxWidth: 18, itemStyle: { color: colours[tone] } },
        data: sums.map((one) => one[key]),
      })),
    };
  }, [breakdown, sandbox, series, protocolWord, ink, line, colours]);
  const place = useChart(option);
  return (
    <div
      ref={place}
      role="img"
      aria-label={t('overview.actionChartLabel')}
      style={{ height: CHART_HEIGHT }}
    />
  );
}
