// Which faults and outcomes a live request can cause: those that the product's code names where it decides, apart from
// the tables that must name them all.

import { globSync, readFileSync } from 'node:fs';

const TABLES = [
  /^src\/(?:domain|ports)\//,
  /^src\/protocols\/[^/]+\/(?:faults|outcomes)[^/]*\.ts$/,
  /^src\/sources\/sandbox\//,
];
const QUOTED = /'([a-z_]+)'/g;
const THROWN = /new Fault\(\s*'([a-z_]+)'/g;

export interface LiveWords {
  readonly faults: ReadonlySet<string>;
  readonly outcomes: ReadonlySet<string>;
}

/** What a request through one protocol can cause: the others say nothing about it. */
export function findLiveWords(root: string, protocol: string): LiveWords {
  const faults = new Set<string>();
  const outcomes = new Set<string>();
  for (const path of globSync('src/**/*.ts', { cwd: root })) {
    const [, folder = protocol] = /^src\/protocols\/([^/]+)\//.exec(path) ?? [];
    if (folder !== protocol || path.endsWith('.test.ts') || TABLES.some((table) => table.test(path)))
      continue;
    const text = readFileSync(`${root}${path}`, 'utf8');
    // An action lists the faults that it documents; only some of them are ever thrown.
    const pattern = path.startsWith('src/actions/') ? THROWN : QUOTED;
    for (const [, word = ''] of text.matchAll(pattern)) faults.add(word);
    for (const [, word = ''] of text.matchAll(QUOTED)) outcomes.add(word);
  }
  return { faults, outcomes };
}
