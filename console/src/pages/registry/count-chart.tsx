// Counts as bars, one below the other, each with its figure.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useChart, useChartInk } from '../../parts/use-chart.ts';

export interface Count {
  readonly name: string;
  readonly count: number;
}

interface Props {
  readonly label: string;
  readonly counts: readonly Count[];
}

const FONT_SIZE = 13;
const BAR_HEIGHT = 34;
const NAME_WIDTH = 136;

export default function CountChart({ label, counts }: Props) {
  const { ink } = useChartInk();
  const { t } = useTranslation();
  const { number } = useFormats();
  const option = useMemo(
    () => ({
      // Room for the figures at the right.
      grid: { left: NAME_WIDTH, right: 72, top: 4, bottom: 4 },
      xAxis: { type: 'value', show: false, max: 'dataMax' },
      yAxis: {
        type: 'category',
        inverse: true,
        data: counts.map(({ name }) => name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          ...{ color: ink, fontSize: FONT_SIZE, align: 'left', margin: NAME_WIDTH },
          ...{ width: NAME_WIDTH - 12, overflow: 'truncate' },
        },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 18,
          itemStyle: { borderRadius: [0, 4, 4, 0] },
          label: {
            show: true,
            position: 'right',
            color: ink,
            fontSize: FONT_SIZE,
            formatter: ({ dataIndex }: { readonly dataIndex: number }) =>
              number(counts[dataIndex]?.count ?? 0),
          },
          data: counts.map(({ count }) => count),
        },
      ],
    }),
    [counts, ink, number],
  );
  const place = useChart(option);
  const words = counts.map(({ name, count }) => t('registry.barWords', { name, count })).join('; ');
  return (
    <div
      ref={place}
      role="img"
      aria-label={t('registry.chartWords', { label, words })}
      style={{ height: counts.length * BAR_HEIGHT + 8 }}
    />
  );
}
