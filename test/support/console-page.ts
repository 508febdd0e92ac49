// A page of the console, or a dialog on it, with how to get there.

import type { Page } from 'playwright-core';

export interface ConsolePage {
  readonly name: string;
  /** Below /console. */
  readonly path: string;
  readonly as: 'nobody' | 'person' | 'operator';
  /** What is done on the page before it is looked at. */
  readonly act?: (page: Page) => Promise<void>;
}

/** The button of the first row. */
export const pressFirst = (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click();
