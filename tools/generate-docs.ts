// Writes docs/reference from the tables (npm run docs). With --check it writes nothing and fails when a page differs.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { renderPage } from './docs/markdown.ts';
import { createPages } from './docs/pages.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const FOLDER = `${ROOT}docs/reference/`;

/** Names of pages that are missing, differ or do not belong; writes them unless asked only to look. */
export async function generateDocs(options: { readonly write: boolean }): Promise<readonly string[]> {
  const pages = new Map((await createPages()).map((page) => [page.file, renderPage(page)]));
  mkdirSync(FOLDER, { recursive: true });
  const present = readdirSync(FOLDER);
  const stale = [...pages].filter(
    ([file, text]) => !present.includes(file) || readFileSync(FOLDER + file, 'utf8') !== text,
  );
  const strange = present.filter((file) => !pages.has(file));
  if (options.write) {
    for (const [file, text] of stale) writeFileSync(FOLDER + file, text);
    for (const file of strange) rmSync(FOLDER + file);
  }
  return [...stale.map(([file]) => file), ...strange];
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check');
  const changed = await generateDocs({ write: !isCheck });
  for (const file of changed) console.log(`${isCheck ? 'out of date' : 'written'}: docs/reference/${file}`);
  if (isCheck && changed.length > 0) process.exitCode = 1;
}
