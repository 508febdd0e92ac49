// Counters and gauges as Prometheus text. Label values come from our own tables, so that none needs quoting.

export interface WrittenMetric {
  render(): string;
}

export interface LabelledCounter extends WrittenMetric {
  /** One value for each label, in their order. */
  count(...values: readonly string[]): void;
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
      return renderHead('counter', name, help) + samples.join('');
    },
  };
}

/** What is one number of the whole server, read when it is asked for. */
export function createFigure(
  type: 'counter' | 'gauge',
  name: string,
  help: string,
  read: () => number,
): WrittenMetric {
  return { render: () => `${renderHead(type, name, help)}${name} ${read()}\n` };
}

export function renderHead(type: 'counter' | 'gauge' | 'histogram', name: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}
