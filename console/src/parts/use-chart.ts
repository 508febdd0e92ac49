// A chart in its place on a page, as large as that and in the colours of the theme. ECharts is loaded with this file alone,
// which only charts that are loaded when they are shown may import; of ECharts, only what is drawn.

import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type RefObject, useEffect, useRef } from 'react';
import { useMotion, useTheme } from '../app/preferences.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** A canvas inherits none; as in styles.css. */
const FONT = {
  fontSize: 13,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", sans-serif',
};

export interface ChartInk {
  /** Of words. */
  readonly ink: string;
  /** Of lines behind the bars. */
  readonly line: string;
  /** Of bars, told apart by lightness as well, for eyes that see colours otherwise. */
  readonly colours: readonly string[];
}

const INKS: Readonly<Record<'light' | 'dark', ChartInk>> = {
  light: { ink: '#475467', line: '#e4e7ec', colours: ['#0b5fd0', '#8fbaf3', '#c2410c', '#a78bda'] },
  dark: { ink: '#c9ced6', line: '#2b3036', colours: ['#4c8ff0', '#2a4a7d', '#f08a5d', '#8a6fc4'] },
};

export function useChartInk(): ChartInk {
  const { dark } = useTheme();
  return dark ? INKS.dark : INKS.light;
}

/** Where the chart goes; drawn again whenever `option`, which should be kept with useMemo, is another one. */
export function useChart(option: EChartsCoreOption): RefObject<HTMLDivElement | null> {
  const { ink, colours } = useChartInk();
  const motion = useMotion();
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
    chart.current?.setOption(
      {
        color: [...colours],
        animation: motion,
        textStyle: { ...FONT, color: ink },
        ...option,
      },
      { notMerge: true },
    );
  }, [option, ink, colours, motion]);

  return place;
}
