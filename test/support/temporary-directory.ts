// A directory of its own for a test, gone when the test ends.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function makeTemporaryDirectory(test: { after(remove: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'lineproof-test-'));
  test.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
