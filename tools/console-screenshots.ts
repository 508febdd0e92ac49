// Pictures of every page of the console, in both themes, at desktop and phone width, into tmp/screenshots: to be looked at.
// node tools/console-screenshots.ts [--zh] [WORD...] takes only the pages whose name contains one of the words; --zh in Chinese.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speak } from '../test/support/console-language.ts';
import { CONSOLE_PAGES } from '../test/support/console-pages.ts';
import { openConsoleScene, settle } from '../test/support/console-scene.ts';

const OUT = new URL('../tmp/screenshots/', import.meta.url).pathname;
const WIDTHS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;
const THEMES = ['light', 'dark'] as const;

const isChinese = process.argv.includes('--zh');
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
        const { page, complaints } = await scene.goOn(one, { ...options, colorScheme });
        // What is done on a page is told in English words: it learns Chinese after that.
        if (isChinese) await speak(page, 'zh');
        await settle(page);
        const file = `${one.name}-${colorScheme}-${width}${isChinese ? '-zh' : ''}.png`;
        // What is open stands over what is on the screen, not over the whole page.
        const isOpen = await page.getByRole('dialog').first().isVisible();
        await page.screenshot({ path: join(OUT, file), fullPage: !isOpen, timeout: 60_000 });
        if (isChinese) await speak(page, 'en');
        console.log(`${file} ${complaints.join(' | ')}`);
      }
} finally {
  await scene.close();
  rmSync(root, { recursive: true, force: true });
}
