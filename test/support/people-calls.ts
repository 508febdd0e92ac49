// The calls of people through their ports: a real file, a real queue and outbox, real hashes (of a small cost).

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createMailQueue } from '../../src/channels/mail-queue.ts';
import { createOutbox } from '../../src/channels/outbox/create-outbox.ts';
import type { PeopleContext } from '../../src/management/people/context.ts';
import { createPasswords } from '../../src/management/people/passwords.ts';
import { createThrottle } from '../../src/management/people/throttle.ts';
import { createPeopleRoutes } from '../../src/management/people-routes.ts';
import {
  type ManagementAnswer,
  ManagementError,
  type ManagementErrorCode,
} from '../../src/management/route.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import { administrate, makeAccountsFile } from './accounts.ts';
import { MINUTE_MS, makeClock, makePeopleFile, openPeopleStore } from './people.ts';

export const EMAIL = 'ann@example.org';
export const PASSWORD = 'seven green bicycles';
const LIMITS = Object.fromEntries(
  ['login', 'code', 'register', 'reset'].flatMap((act) => [
    [`${act}.caller`, 1000],
    [`${act}.person`, 20],
  ]),
);

export function startPeople(
  t: TestContext,
  limits: Record<string, number> = {},
  memoryKib = 32,
  path = makePeopleFile(t),
) {
  const clock = makeClock();
  const outbox = createOutbox({ clock, keepMax: 100, print: () => {} });
  const mailer = createMailQueue({
    ...{
      channel: outbox,
      clock,
      random: systemRandom,
      queueMax: 50,
      atOnce: 1,
      timeoutMs: 1,
      attemptsMax: 1,
    },
    ...{ lifetimeMs: 1000, retryBaseMs: 1, retriesPerMinute: 1, onFailure: () => {} },
    clock: {
      nowMs: clock.nowMs,
      sleep: (_, signal) => new Promise((_, no) => signal?.addEventListener('abort', no)),
    },
  });
  const posted: string[] = [];
  const store = openPeopleStore(t, path);
  const passwords = createPasswords({
    ...{ pepper: Buffer.alloc(32, 3), random: systemRandom, atOnce: 2, queueMax: 10 },
    cost: { memoryKib, passes: 1, parallelism: 1 },
  });
  const accounts = administrate(t, makeAccountsFile(t));
  const context: PeopleContext = {
    ...{ store, passwords, clock, random: systemRandom, language: 'en', codeMinutes: 10, codeAttempts: 5 },
    throttle: createThrottle({
      clock,
      limits: { ...LIMITS, ...limits },
      windowMs: 15 * MINUTE_MS,
      windowsMax: 1000,
    }),
    mailer: {
      hasRoom: () => mailer.hasRoom(),
      post(mail, kind) {
        posted.push(kind);
        mailer.post(mail, kind);
      },
    },
    openAccount: async ({ name, personId }) =>
      accounts.openAccountFor(`person:${personId}`, { name, services: [], sandbox: false, state: 'active' }),
    ...{ sessionMaxMs: 60 * MINUTE_MS, platformTokensMax: 2, issuer: 'Lineproof' },
  };
  const routes = new Map(createPeopleRoutes(context).map((route) => [route.name, route]));

  async function call(
    name: string,
    body: Record<string, unknown> = {},
    token = '',
    more: object = {},
  ): Promise<ManagementAnswer> {
    const nowMs = clock.nowMs();
    const access = token.startsWith('platform-') ? 'platform-token' : 'session';
    const found =
      token === ''
        ? undefined
        : await (access === 'session' ? store.sessions : store.tokens).find(token, nowMs);
    const person = found === undefined ? undefined : await store.findById(found.personId);
    const visitor =
      found === undefined || person === undefined
        ? ({ access: 'public' } as const)
        : ({ access, person, account: accounts.account(person.accountId), proofId: found.proofId } as const);
    const route = routes.get(name);
    assert.ok(route !== undefined, name);
    return route.run({
      ...{
        visitor,
        requestId: 'r',
        receivedAtMs: nowMs,
        address: '192.0.2.1',
        parameters: {},
        query: {},
        body,
      },
      ...{ session: token, ...more },
    });
  }

  async function codeMailed(): Promise<string> {
    await mailer.idle();
    return /\b\d{8}\b/.exec(outbox.mails().at(-1)?.text ?? '')?.[0] ?? '';
  }

  async function signUp(email = EMAIL): Promise<string> {
    await call('register', { email, password: PASSWORD, name: 'Ann' });
    const answer = await call('confirm', { email, password: PASSWORD, code: await codeMailed() });
    return answer.session?.value ?? '';
  }

  /** What a call cost: runs of argon2id and letters queued. */
  async function workOf(
    act: () => Promise<unknown>,
  ): Promise<{ runs: number; letters: number; result: unknown }> {
    const before = [passwords.runs(), posted.length] as const;
    const result = await act().catch((error: unknown) => error);
    return { runs: passwords.runs() - before[0], letters: posted.length - before[1], result };
  }

  return { call, codeMailed, signUp, workOf, clock, outbox, mailer, passwords, path, accounts, store };
}

export function fails(code: ManagementErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof ManagementError && error.code === code;
}
