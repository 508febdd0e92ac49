// Pictures of every page of the console, in both themes, at desktop and phone width, into tmp/screenshots: to be looked at.
// node tools/console-screenshots.ts [WORD...] takes only the pages whose name contains one of the words.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONSOLE_PAGES } from '../test/support/console-pages.ts';
import { openConsoleScene } from '../test/support/console-scene.ts';

const OUT = new URL('../tmp/screenshots/', import.meta.url).pathname;
const WIDTHS = {
  desktop: { viewport: { width: 1360, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;
const THEMES = ['light', 'dark'] as const;

const words = process.argv.slice(2);
const pages = CONSOLE_PAGES.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
mkdirSync(OUT, { recursive: true });
const root = mkdtempSync(join(tmpdir(), 'lineproof-screenshots-'));
const scene = await openConsoleScene(join(root, 'data'));
try {
  for (const one of pages)
    for (const colorScheme of THEMES)
      for (const [width, options] of Object.entries(WIDTHS)) {
        const { page, complaints } = await scene.show(one, { ...options, colorScheme });
        await page.screenshot({ path: join(OUT, `${one.name}-${colorScheme}-${width}.png`), fullPage: true });
        await page.context().close();
        console.log(`${one.name}-${colorScheme}-${width}.png ${complaints.join(' | ')}`);
      }
} finally {
  await scene.close();
  rmSync(root, { recursive: true, force: true });
}
