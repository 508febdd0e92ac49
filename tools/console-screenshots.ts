// Pictures of every page of the console, in both themes, at desktop and phone width, into tmp/screenshots: to be looked at.
// node tools/console-screenshots.ts [--zh] [WORD...] takes only the pages whose name contains one of the words. Pages that are
// told by English words to do something are taken as they open in Chinese.

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

const isChinese = process.argv.includes('--zh');
const locale = isChinese ? 'zh-CN' : 'en-GB';
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
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
        const { name, path, as } = one;
        const shown = isChinese ? { name, path, as } : one;
        const { page, complaints } = await scene.goOn(shown, { ...options, colorScheme, locale });
        const file = `${name}-${colorScheme}-${width}${isChinese ? '-zh' : ''}.png`;
        await page.screenshot({ path: join(OUT, file), fullPage: true });
        console.log(`${file} ${complaints.join(' | ')}`);
      }
} finally {
  await scene.close();
  rmSync(root, { recursive: true, force: true });
}
