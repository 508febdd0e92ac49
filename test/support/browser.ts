// A real Chromium (Debian's packages), and pages that are watched: whatever a browser complains about, whatever fails and
// whatever goes to another host is kept, to be judged by the test.

import { type Browser, type BrowserContextOptions, chromium, type Page, type Request } from 'playwright-core';
import { findProgram, isAvailable } from './toolchains.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs in the page: what the policy refuses is a complaint, whether the browser says it on its console or not. */
const REPORT_POLICY = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('policy: ' + violatedDirective + ' ' + blockedURI));`;

/** Nothing asked for during this time: what an answer makes a page ask for next comes sooner. */
const QUIET_MS = 100;

export interface WatchedPage {
  readonly page: Page;
  /** Until everything that was asked for is answered, and nothing more is asked for. */
  untilQuiet(): Promise<void>;
  /** Errors and warnings of the page, failed requests, refusals of the policy, requests to other hosts. */
  readonly complaints: string[];
}

export async function startBrowser(): Promise<Browser> {
  const executablePath = isAvailable('chromium') ? findProgram('chromium') : undefined;
  if (executablePath === undefined) throw new Error('nothing can be shown: the browser is left out');
  return chromium.launch({ executablePath, args: FLAGS });
}

export async function openWatchedPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  // What still moves under the pointer loses a click on a busy machine.
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`defect: ${error.message}`));
  page.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(`${url}/`) && !address.startsWith('data:'))
      complaints.push(`elsewhere: ${address}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left ends what it was still asking for.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED')
      complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(REPORT_POLICY);
  return { page, complaints, untilQuiet: watchRequests(page) };
}

function watchRequests(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  let changed = () => {};
  page.on('request', (request) => {
    open.add(request);
    changed();
  });
  const close = (request: Request) => {
    open.delete(request);
    changed();
  };
  page.on('requestfinished', close);
  page.on('requestfailed', close);
  return () =>
    new Promise((quiet) => {
      let timer: NodeJS.Timeout | undefined;
      changed = () => {
        clearTimeout(timer);
        if (open.size === 0) timer = setTimeout(quiet, QUIET_MS);
      };
      changed();
    });
}
