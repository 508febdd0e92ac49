// Every page under docs/reference, in the order of its index.

import { ACEDATA_VIEW } from '../../src/app/acedata-view.ts';
import { TENCENT_VIEW } from '../../src/app/tencent-view.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { createAceDataPage } from './acedata-page.ts';
import { createActionsPage } from './actions-page.ts';
import { createCommandsPage } from './commands-page.ts';
import { createCoveragePage } from './coverage-page.ts';
import { createFaultsPage } from './faults-page.ts';
import { findLiveWords } from './live-words.ts';
import { createManagementPage } from './management-page.ts';
import { joinBlocks, type Page } from './markdown.ts';
import { createMetricsPage } from './metrics-page.ts';
import { createNumberRangesPage } from './number-ranges-page.ts';
import { createOptionsPage } from './options-page.ts';
import { createRegistryPage } from './registry-page.ts';
import { createSandboxPage } from './sandbox-page.ts';

export async function createPages(): Promise<readonly Page[]> {
  const view = TENCENT_VIEW;
  const root = new URL('../../', import.meta.url).pathname;
  const defaults = {
    ratePerSecond: OPTIONS.ratePerSecond.default,
    dailyLimit: OPTIONS.dailyLimit.default,
    prices: OPTIONS.prices.default,
  };
  const pages = [
    await createActionsPage(view, defaults),
    createFaultsPage(view, ACEDATA_VIEW),
    createCoveragePage(view),
    createAceDataPage(findLiveWords(root, 'acedata'), defaults),
    createManagementPage(),
    await createSandboxPage(view, ACEDATA_VIEW),
    createOptionsPage(),
    createCommandsPage(),
    createRegistryPage(),
    createNumberRangesPage(),
    await createMetricsPage(),
  ];
  return [createIndexPage(pages), ...pages];
}

function createIndexPage(pages: readonly Page[]): Page {
  return {
    file: 'README.md',
    title: 'Reference',
    summary: 'Written from the tables that the server runs on.',
    body: joinBlocks(pages.map(({ file, title, summary }) => `- [${title}](${file}): ${summary}`).join('\n')),
  };
}
