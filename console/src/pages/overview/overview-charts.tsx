// The charts of the overview, loaded together when there is something to draw.

export { ActionChart } from './action-chart.tsx';
export { DayChart } from './day-chart.tsx';
export { LatencyChart } from './latency-chart.tsx';
