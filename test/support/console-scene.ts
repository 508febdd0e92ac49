// A server with something to look at in its console: a registered person with services, keys and calls of every kind, and
// three browsers' worth of visitors: nobody, that person, an operator.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildConsole } from '../../console/build.ts';
import { signTc3 } from '../../src/codecs/tc3.ts';
import { openWatchedPage, startBrowser, type WatchedPage } from './browser.ts';
import { runJsonWithin } from './command-within.ts';
import type { ConsolePage } from './console-page.ts';
import { CONSOLE_PASSWORD } from './console-people.ts';
import { createManagementClient } from './management-client.ts';
import { QUICK_PASSWORDS, signUpPerson } from './signed-up-person.ts';
import { type RunningServer, startServer } from './start-server.ts';

type ManagementClient = ReturnType<typeof createManagementClient>;

const EMAIL = 'ann@example.org';

/**
 * Runs in the page: until five frames in a row nothing is loaded and nothing moves, but for what turns for ever. A colour
 * that moves makes those who inherit it move after it.
 */
const UNTIL_STILL = `new Promise((still) => {
  let frames = 0;
  const look = () => {
    const moves = document.querySelector('[data-loading]') !== null || document.getAnimations()
      .some(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
    frames = moves ? 0 : frames + 1;
    if (frames < 5) requestAnimationFrame(look);
    else still();
  };
  look();
})`;

const NOWHERE = '/nowhere';

/** As a link within the console does. */
export const turnTo = (page: Page, path: string) =>
  page.evaluate(`history.pushState(null, '', '/console${path}');
    dispatchEvent(new PopStateEvent('popstate'));`);

export interface ConsoleScene {
  readonly server: RunningServer;
  readonly browser: Browser;
  /** The page as that visitor sees it, and at rest. */
  show(page: ConsolePage, options?: BrowserContextOptions): Promise<WatchedPage>;
  /** The same within one tab of that visitor, which goes on from page to page: loads nothing anew. One page of a visitor at a time. */
  goOn(page: ConsolePage, options?: BrowserContextOptions): Promise<WatchedPage>;
  /** As {@link goOn} begins: the console shows that there is no such page. */
  leave(page: Page): Promise<void>;
  close(): Promise<void>;
}

export async function openConsoleScene(data: string): Promise<ConsoleScene> {
  // Nothing to do after `npm test` began; a single file is tested as it stands.
  await buildConsole();
  const server = await startServer({ data, args: ['--first-run', ...QUICK_PASSWORDS] });
  const cookies: Record<ConsolePage['as'], string> = { nobody: '', person: '', operator: '' };
  cookies.person = await furnish(server);
  cookies.operator = await enterAsOperator(server, data);
  const browser = await startBrowser();

  async function open(
    as: ConsolePage['as'],
    path: string,
    options: BrowserContextOptions,
  ): Promise<WatchedPage> {
    const watched = await openWatchedPage(browser, server.url, options);
    const { page } = watched;
    page.setDefaultTimeout(15_000);
    const [name = '', value = ''] = cookies[as].split('=');
    if (name !== '')
      await page.context().addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Strict' }]);
    await page.goto(`${server.url}/console${path}`);
    return watched;
  }

  async function leave(page: Page): Promise<void> {
    await turnTo(page, NOWHERE);
    await page.locator('.ant-result-404').waitFor();
  }

  const tabs = new Map<string, WatchedPage>();
  return {
    server,
    browser,
    async show(page, options = {}) {
      return act(await open(page.as, page.path, options), page);
    },
    async goOn(page, options = {}) {
      const kept = `${page.as} ${JSON.stringify(options)}`;
      const tab = tabs.get(kept) ?? (await open(page.as, NOWHERE, options));
      // Kept again only once all went well: whatever a failure left open is left with its tab.
      tabs.delete(kept);
      await leave(tab.page);
      tab.complaints.length = 0;
      await tab.page.evaluate(`document.querySelector('.ant-result-404').setAttribute('data-left', '')`);
      await turnTo(tab.page, page.path);
      await tab.page.locator('[data-left]').waitFor({ state: 'detached' });
      await act(tab, page);
      tabs.set(kept, tab);
      return tab;
    },
    leave,
    async close() {
      await browser.close();
      await server.kill();
    },
  };
}

/** Does on the page what is to be done before it is looked at. */
async function act(watched: WatchedPage, { act }: ConsolePage): Promise<WatchedPage> {
  const { page } = watched;
  await page.getByRole('heading', { level: 1 }).or(page.locator('.ant-result-title')).first().waitFor();
  await settle(page);
  await watched.untilQuiet();
  await act?.(page);
  await page.locator('.ant-spin-spinning').first().waitFor({ state: 'hidden' });
  await settle(page);
  return watched;
}

/** Until nothing moves any more: a colour that is half way to another one is neither. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(UNTIL_STILL);
}

/** Resolves with the operator's cookie. The link of the first start stays unused, for whoever revokes it. */
async function enterAsOperator({ url, port }: RunningServer, data: string): Promise<string> {
  const { link } = (await runJsonWithin(['operator', 'link', '--data', data, '--url', url])) as {
    link: string;
  };
  const client = createManagementClient(port);
  const body = { link: new URL(link).hash.slice(1) };
  const { cookie } = await client.call('POST /operator/session', {
    headers: { origin: client.origin },
    body,
  });
  return cookie;
}

/** Resolves with the person's cookie. */
async function furnish(server: RunningServer): Promise<string> {
  const client = createManagementClient(server.port);
  const { headers } = await signUpPerson(server, client, EMAIL);
  const make = async (line: string, body: unknown) => (await client.call(line, { headers, body })).json;
  for (const service of ['line-status', 'identity-match', 'contact-verification'])
    await make('POST /applications', { service_id: service });
  const shop = await make('POST /credentials', { name: 'Shop', limited_amount: 1000 });
  const trial = await make('POST /credentials', { name: 'Trial', sandbox: true });
  const old = await make('POST /credentials', { name: 'Till of the branch in Shenzhen' });
  await client.call(`PATCH /credentials/${old.id}`, { headers, body: { disabled: true } });
  const { accounts } = JSON.parse(server.stdout()) as { accounts: { kind: string; exampleNumber: string }[] };
  const known = accounts.find(({ kind }) => kind === 'demonstration')?.exampleNumber.replace('+86', '') ?? '';
  const ask = (path: string, token: unknown, body: object) =>
    fetch(`${server.url}/identity/phone/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  for (let round = 0; round < 8; round += 1) {
    await ask('check-1e', shop.token, { mobile: known });
    await ask('check-1e', trial.token, { mobile: '13800138000' });
    await ask('check-2e', shop.token, { mobile: known, name: '张三' });
  }
  await ask('check-1e', shop.token, { mobile: 'not a number' });
  await make('POST /platform-tokens', { name: 'Deployment' });
  await make('POST /people/login', { email: EMAIL, password: CONSOLE_PASSWORD });
  await furnishCodes(client, headers, String(shop.token));
  await failSigning(server, String(shop.secret_id));
  return String(headers.cookie);
}

/** Templates, codes in several states, and refusals of guards. */
async function furnishCodes(
  client: ManagementClient,
  headers: Readonly<Record<string, string>>,
  token: string,
) {
  const text = '{name}: {code} signs you in, for {minutes} minutes.';
  const mail = { subject: '{name}：登录验证码', text: '您的登录验证码为 {code}，{minutes} 分钟内有效。' };
  for (const body of [
    { name: 'login', kind: 'phone', language: 'en', text },
    { name: 'login', kind: 'email', language: 'zh', ...mail },
  ])
    await client.call('POST /templates', { headers, body });
  await client.call('PATCH /message-settings', {
    headers,
    body: { name: 'Corner Shop', webhookUrl: 'https://shop.example/hooks/codes' },
  });
  const bearer = { authorization: `Bearer ${token}` };
  const send = (body: object) => client.call('POST /verifications', { headers: bearer, body });
  await send({ to: 'ben@example.org', purpose: 'login', template: 'login', language: 'zh' });
  const { json } = await send({ to: '+8618766554433', purpose: 'login' });
  await client.call(`POST /verifications/${json.id}/check`, { headers: bearer, body: { code: '000000' } });
  await send({ to: '+8618766554433', purpose: 'login' });
  await send({ to: '+441174960123' });
}

/** As a client that signs with another secret. */
async function failSigning({ url, host, port }: RunningServer, secretId: string): Promise<void> {
  const body = '{"Mobile":"13800138000"}';
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const authorization = signTc3({
    ...{ secretId, secretKey: 'not the secret of this key', host: `${host}:${port}`, query: '' },
    ...{ method: 'POST', contentType: 'application/json', payload: Buffer.from(body) },
    ...{ timestampSeconds, service: 'faceid' },
  });
  await fetch(url, {
    method: 'POST',
    headers: {
      ...{ authorization, 'content-type': 'application/json', 'x-tc-action': 'MobileStatus' },
      ...{ 'x-tc-version': '2018-03-01', 'x-tc-timestamp': String(timestampSeconds) },
    },
    body,
  });
}
