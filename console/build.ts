// Builds the web console into console/dist when its sources are newer: `npm ci` runs it (prepare) and so does `npm start`
// (prestart). Quiet unless something fails; where the tools for it are not installed there is nothing to do.

import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const CONSOLE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(CONSOLE, '..');
const DIST = join(CONSOLE, 'dist');
const STAMP = join(DIST, 'built-from');
const SOURCES = [
  'console/src/**/*.{ts,tsx,css}',
  'console/*.{ts,json,html}',
  'console/public/**/*.*',
  // Code samples and the steps of signatures, which the Explorer makes in the browser.
  'src/samples/**/*.ts',
  'package-lock.json',
];
const COMPRESSED = 'assets/*.{js,css,svg}';

function hashSources(): string {
  const hash = createHash('sha256');
  for (const path of globSync(SOURCES, { cwd: ROOT }).sort())
    hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex');
}

function isBuiltFrom(sources: string): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources;
}

export async function buildConsole(): Promise<void> {
  const sources = hashSources();
  if (isBuiltFrom(sources)) return;
  const vite = await importVite();
  if (vite === undefined) return;
  // Typed against the calls as they are now; the bundle itself does not depend on it.
  const { updateConsoleTypes } = await import('../tools/console-types.ts');
  updateConsoleTypes();
  rmSync(STAMP, { force: true });
  await vite.build({ root: CONSOLE, configFile: join(CONSOLE, 'vite.config.ts'), logLevel: 'warn' });
  for (const path of globSync(COMPRESSED, { cwd: DIST })) compress(join(DIST, path));
  writeFileSync(STAMP, sources);
}

/** undefined in an installation without development packages. */
async function importVite() {
  try {
    return await import('vite');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function compress(path: string): void {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

if (import.meta.main) await buildConsole();
