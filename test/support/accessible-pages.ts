// Judges every page of the console and its dialogs by axe-core's rules, and by what the browser complains of.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { speak } from './console-language.ts';
import type { ConsolePage } from './console-page.ts';
import { CONSOLE_PAGES } from './console-pages.ts';
import { type ConsoleScene, openConsoleScene, settle } from './console-scene.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const GRAVE = new Set<string | null | undefined>(['serious', 'critical']);
/** Pages on which something is refused on purpose: the browser reports its status. */
const REFUSED = new Set(['sign-in-refused']);
const DESKTOP = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };

/** Each is a tab of its own. */
const LOOKS = {
  light: { words: 'light and English on a desktop', colorScheme: 'light', viewport: DESKTOP },
  dark: { words: 'dark and Chinese on a phone', colorScheme: 'dark', viewport: PHONE },
} as const;
export type Look = keyof typeof LOOKS;

async function findGrave(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  )) as AxeResults;
  return violations
    .filter(({ impact }) => GRAVE.has(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

/** Each walks in a tab of its own: one waits for its page to rest while another is judged. */
const VISITORS = ['nobody', 'person', 'operator'] as const;

/**
 * Registers a test for each page, in one of its two looks: pages take turns in them, as both for all would be a third of the
 * time that all tests take.
 */
export function judgePages(looks: readonly [Look, Look]): void {
  let scene: ConsoleScene;
  after(() => scene?.close());
  const data = join(makeTemporaryDirectory({ after }), 'data');
  before(async () => {
    scene = await openConsoleScene(data);
  });

  function judge(one: ConsolePage, look: Look): void {
    const { words, ...options } = LOOKS[look];
    test(`${one.name} has no serious finding, ${words}`, async () => {
      const { page, complaints } = await scene.goOn(one, options);
      // Not as a script of the page, which the policy would refuse.
      if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
      if (look === 'dark') await speak(page, 'zh');
      await settle(page);
      const found = await findGrave(page);
      if (look === 'dark') {
        // Another language draws all anew: an empty page is at once.
        await scene.leave(page);
        await speak(page, 'en');
      }
      assert.deepEqual(found, []);
      if (!REFUSED.has(one.name)) assert.deepEqual(complaints, []);
    });
  }

  describe('every page', { concurrency: VISITORS.length }, () => {
    for (const visitor of VISITORS)
      describe(`as ${visitor} sees it`, { concurrency: 1 }, () => {
        const pages = CONSOLE_PAGES.filter(({ as }) => as === visitor);
        for (const [index, one] of pages.entries()) judge(one, index % 2 === 0 ? looks[0] : looks[1]);
      });
  });
}
