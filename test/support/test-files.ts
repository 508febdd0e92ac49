// Which test files a run takes: `npm test` all but the *.long.test.ts, `npm run test:long` those too.

import { globSync } from 'node:fs';

const FOLDERS = ['src', 'test', 'bench', 'tools'];

export interface Wanted {
  readonly long: boolean;
  /** Only files whose path contains one of them; none = all. */
  readonly words?: readonly string[];
}

export function findTestFiles(root: string, { long, words = [] }: Wanted): string[] {
  return globSync(
    FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
    { cwd: root },
  )
    .filter((path) => long || !path.endsWith('.long.test.ts'))
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
    .sort();
}
