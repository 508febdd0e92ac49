// Counters and gauges as Prometheus text. Label values come from our own tables, so that none needs quoting.

export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
}

export interface LabelledCounter {
  /** One value for each label, in their order. */
  count(...values: readonly string[]): void;
  render(): string;
}

export function createCounter(name: string, help: string, labels: readonly string[]): LabelledCounter {
  const counts = new Map<string, number>();
  return {
    count(...values) {
      const key = labels.map((label, at) => `${label}="${values[at] ?? ''}"`).join(',');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    render() {
      const samples = [...counts].map(([key, count]) => `${name}{${key}} ${count}\n`);
      return headOf({ name, help, type: 'counter' }) + samples.join('');
    },
  };
}

/** What is one number of the whole server. */
export function renderFigure(metric: Metric, value: number): string {
  return `${headOf(metric)}${metric.name} ${value}\n`;
}

function headOf({ name, help, type }: Metric): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}
