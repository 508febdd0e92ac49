// The closing words of a test run and whether it counts as passed: a file without a test, or none at all, does not.

export interface FileResult {
  readonly path: string;
  readonly tests: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Run {
  /** Paths that had to run. */
  readonly expected: readonly string[];
  readonly results: readonly FileResult[];
  readonly failures: readonly string[];
  /** Toolchains that whoever ran it left out. */
  readonly without?: readonly string[];
  /** Those that are not there, and that whoever runs it may not install. */
  readonly unobtainable?: readonly string[];
}

export function summarise({ expected, results, failures, without = [], unobtainable = [] }: Run): {
  readonly text: string;
  readonly ok: boolean;
} {
  const tests = sum(results, 'tests');
  const failed = sum(results, 'failed');
  const skipped = sum(results, 'skipped');
  const reported = new Set(results.map(({ path }) => path));
  const missing = expected.filter((path) => !reported.has(path));
  const empty = results.filter((result) => result.tests === 0).map(({ path }) => path);
  const lines = [
    '',
    ...failures.map((failure) => `FAILED ${failure}`),
    ...missing.map((path) => `NO RESULT ${path}`),
    ...empty.map((path) => `NO TEST ${path}`),
    `# files ${results.length}`,
    `# tests ${tests}`,
    `# pass ${tests - failed - skipped}`,
    `# fail ${failed}`,
    `# skipped ${skipped}`,
    ...(without.length === 0 ? [] : [`# left out on request: ${without.join(', ')}`]),
    ...(unobtainable.length === 0
      ? []
      : [`# LEFT OUT, not installed here, and only root installs them: ${unobtainable.join(', ')}`]),
    '',
  ];
  const ok = tests > 0 && failed === 0 && failures.length === 0 && missing.length === 0 && empty.length === 0;
  return { text: lines.join('\n'), ok };
}

function sum(results: readonly FileResult[], key: 'tests' | 'failed' | 'skipped'): number {
  return results.reduce((total, result) => total + result[key], 0);
}
