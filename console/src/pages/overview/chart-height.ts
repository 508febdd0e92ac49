// How high the charts are: their place is kept free while they are loaded.

export const CHART_HEIGHT = 280;
