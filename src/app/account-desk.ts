// The account desk of the serving process: acts on the accounts file, grants through the ledger's writer.

import { hash } from 'node:crypto';
import { ACTIONS } from '../actions/index.ts';
import type { CalendarDate } from '../domain/calendar-date.ts';
import { maskMsisdn } from '../domain/msisdn.ts';
import type { ServiceName } from '../domain/service.ts';
import {
  type AccountDesk,
  type Credential,
  DeskError,
  type GrantTerms,
  type IssuedCredential,
} from '../ports/account-desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { Treasury } from '../ports/ledger.ts';
import type { Random } from '../ports/random.ts';
import { openAccountAdministration } from '../storage/sqlite/accounts/account-administration.ts';
import { onceOf } from '../storage/sqlite/accounts/applications.ts';
import type { IssuedKey } from '../storage/sqlite/accounts/draw-key.ts';
import type { KeySummary } from '../storage/sqlite/accounts/key-administration.ts';
import { createNumberTrace } from '../storage/sqlite/accounts/number-trace.ts';
import { whenUnlocked } from '../storage/sqlite/when-unlocked.ts';

export interface AccountDeskOptions {
  readonly path: string;
  readonly secretEnvelopeKey: Buffer;
  /** Under which the audit log hashes numbers. */
  readonly numberTraceKey: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  readonly treasury: Treasury;
  /** In the ledger's zone. */
  readonly dateOf: (timeMs: number) => CalendarDate;
  readonly freeQuota: Readonly<Record<string, number>>;
  readonly keysPerAccountMax: number;
  readonly prices: () => Readonly<Record<string, number>>;
  /** Without what an operator set over them. */
  readonly configuredPrices: Readonly<Record<string, number>>;
  /** How long an operator's browser stays signed in. */
  readonly operatorSessionMs: number;
  /** Told after each act, before anybody is told that it is done. */
  readonly onChange: () => void;
}

export function openAccountDesk(options: AccountDeskOptions): AccountDesk & { close(): void } {
  const { clock, treasury } = options;
  const traceNumber = createNumberTrace(options.numberTraceKey);
  const administration = openAccountAdministration({ ...options, actor: '', busyTimeoutMs: 0 });

  async function act<T>(actor: string, work: () => T): Promise<T> {
    const done = await whenUnlocked(clock, () =>
      administration.as(actor, () => administration.transact(work)),
    );
    options.onChange();
    return done;
  }

  /** Its sandbox account's keys are an account's own. */
  function keysOf(accountId: string): OwnKey[] {
    const account = administration.account(accountId);
    const twin = administration.sandboxTwin(accountId);
    return [account, ...(twin === undefined ? [] : [twin])].flatMap((one) =>
      administration.usableKeys(one.accountId).map((key) => ({ ...key, accountId, sandbox: one.sandbox })),
    );
  }

  function keyOf(accountId: string, credentialId: string): OwnKey {
    const key = keysOf(accountId).find((one) => one.credentialId === credentialId);
    if (key === undefined) throw new DeskError('there is no such credential', 'not_found');
    return key;
  }

  /** On the SecretId that the credential has now. */
  function actOnKey<T>(
    actor: string,
    accountId: string,
    credentialId: string,
    work: (secretId: string) => T,
  ): Promise<T> {
    return act(actor, () => work(keyOf(accountId, credentialId).secretId));
  }

  function issuedOf(accountId: string, issued: IssuedKey): IssuedCredential {
    const key = keysOf(accountId).find(({ secretId }) => secretId === issued.secretId);
    if (key === undefined) throw new Error('a key that was just made is not there');
    return { credential: credentialOf(key), ...issued };
  }

  /** Also what a process that was killed left owed; the ledger gives it no second time. */
  async function payFreeQuota(accountId: string): Promise<void> {
    const timeMs = clock.nowMs();
    for (const owed of administration.owedQuota(accountId)) {
      const { accountRow, service, calls } = owed;
      const what = { accountId: accountRow, services: [service], calls, minor: 0, once: onceOf(owed) };
      await treasury.grant({ ...what, timeMs, day: options.dateOf(timeMs) });
      await whenUnlocked(clock, () => administration.writeOff(owed));
    }
  }

  async function fund(
    actor: string,
    name: string,
    accountId: string,
    services: readonly ServiceName[],
    calls: number,
    minor: number,
    { key, reference }: GrantTerms,
  ) {
    if (![calls, minor].every((amount) => Number.isSafeInteger(amount) && amount >= 0))
      throw new DeskError('an amount must be a whole number from 0');
    const { id } = administration.account(accountId);
    // Hashed: the key may be long, and is nobody else's business.
    const once = key === undefined ? undefined : `operator:${hash('sha256', `${actor}\0${key}`)}`;
    const what = JSON.stringify([name, accountId, [...services].sort(), calls, minor, reference ?? null]);
    if (once !== undefined && (await act(actor, () => administration.grantKeys.claim(once, what))).isNoted)
      return treasury.fundsOf(id);
    const before = await treasury.fundsOf(id);
    const timeMs = clock.nowMs();
    const granted = { accountId: id, services, calls, minor, timeMs, day: options.dateOf(timeMs), once };
    const after = await treasury.grant(granted);
    await act(actor, () => {
      if (once !== undefined && !administration.grantKeys.finish(once, what)) return;
      administration.noteAct(
        name,
        accountId,
        before,
        reference === undefined ? after : { ...after, reference },
      );
    });
    return after;
  }

  return {
    openAccount: (owner, name) =>
      act(owner, () =>
        administration.openAccountFor(owner, { name, services: [], sandbox: false, state: 'active' }),
      ),
    account: (accountId) => administration.account(accountId),
    record: (accountId) => administration.records.one(accountId),
    accounts: (page, filter = {}, sorting) => ({
      accounts: administration.records.list(filter, page, sorting),
      total: administration.records.count(filter),
    }),
    secretIdOf: (accountId, credentialId) => keyOf(accountId, credentialId).secretId,
    credentialOf(accountId, secretId) {
      const key = keysOf(accountId).find((one) => one.secretId === secretId);
      return key === undefined ? undefined : credentialOf(key);
    },
    ownerOfKey(secretId) {
      const key = administration.key(secretId);
      return key && { accountId: key.accountId, isRevoked: key.state === 'revoked' };
    },
    accountsOf(accountId) {
      const twin = administration.sandboxTwin(accountId);
      return twin === undefined ? [accountId] : [accountId, twin.accountId];
    },
    fundsOf: async (accountId) => treasury.fundsOf(administration.account(accountId).id),

    async usedOf(account, keys) {
      const accountId = account?.caps === undefined ? undefined : account.id;
      const asked = keys.flatMap(({ keyId, restriction }) => {
        const { callsMax, caps } = restriction ?? {};
        const limits = { keyId, hasCallsMax: callsMax !== undefined, hasCaps: caps !== undefined };
        return limits.hasCallsMax || limits.hasCaps ? [limits] : [];
      });
      if (accountId === undefined && asked.length === 0) return { account: undefined, keys: new Map() };
      return treasury.usedOf({ accountId, keys: asked, day: options.dateOf(clock.nowMs()) });
    },

    async acquire(actor, accountId, service) {
      try {
        const calls = options.freeQuota[service] ?? 0;
        return await act(actor, () => administration.acquire(accountId, service, calls));
      } finally {
        await payFreeQuota(accountId);
      }
    },
    applications: (accountId) => administration.applications(accountId),

    createCredential: (actor, accountId, { name, restriction, sandbox = false }) =>
      act(actor, () => {
        checkActions(restriction?.actions);
        const of = sandbox ? administration.openSandboxTwin(accountId).accountId : accountId;
        const issued = administration.createKey(of, undefined, { name, restriction });
        return issuedOf(accountId, issued);
      }),
    credentials: (accountId) => keysOf(accountId).map(credentialOf),
    rotateCredential: (actor, accountId, credentialId) =>
      actOnKey(actor, accountId, credentialId, (secretId) =>
        issuedOf(accountId, administration.rotateKey(secretId)),
      ),
    setCredentialState: (actor, accountId, credentialId, state) =>
      actOnKey(actor, accountId, credentialId, (secretId) =>
        credentialOf({
          ...keyOf(accountId, credentialId),
          state: administration.setKeyState(secretId, state).state,
        }),
      ),
    changeCredential: (actor, accountId, credentialId, changes) =>
      actOnKey(actor, accountId, credentialId, (secretId) => {
        checkActions(changes.actions ?? undefined);
        administration.changeKey(secretId, changes);
        return credentialOf(keyOf(accountId, credentialId));
      }),

    verify: (actor, accountId) => act(actor, () => administration.verify(accountId)),
    suspend: (actor, accountId) => act(actor, () => administration.suspend(accountId)),
    resume: (actor, accountId) => act(actor, () => administration.resume(accountId)),
    changeLimits: (actor, accountId, limits) =>
      act(actor, () => administration.changeAccount(accountId, 'account.limits', limits)),
    topUp: (actor, accountId, minor, terms = {}) =>
      fund(actor, 'account.topup', accountId, [], 0, minor, terms),
    grantQuota: (actor, accountId, services, calls, terms = {}) =>
      fund(actor, 'account.grant-quota', accountId, services, calls, 0, terms),

    prices: options.prices,
    async setPrices(actor, prices) {
      const known = options.prices();
      const unknown = Object.keys(prices).find((key) => !Object.hasOwn(known, key));
      if (unknown !== undefined)
        throw new DeskError(
          `there is no price '${unknown}': the prices are ${Object.keys(known).join(', ')}`,
        );
      await act(actor, () => {
        const configured = options.configuredPrices;
        const before = { ...configured, ...administration.priceOverrides() };
        const after = { ...configured, ...administration.setPrices(prices) };
        const changed = Object.keys(prices);
        const those = (of: Readonly<Record<string, number>>) =>
          Object.fromEntries(changed.map((key) => [key, of[key]]));
        administration.noteAct('prices.set', 'prices', those(before), those(after));
      });
      return options.prices();
    },
    findOperator: (token) => administration.findOperator(token),
    enterAsOperator: (link) =>
      act('link', () => administration.enterAsOperator(link, clock.nowMs() + options.operatorSessionMs)),
    findOperatorSession: (value) => administration.findOperatorSession(value),
    endOperatorSession: (session) =>
      act(`operator:${session.name}`, () => administration.endOperatorSession(session)),
    operatorTokens: () => administration.operatorTokens(),
    async revokeOperatorToken(actor, id) {
      await act(actor, () => administration.revokeOperatorToken(id));
    },
    audit({ offset, limit, oldestFirst }, { number, ...rest } = {}) {
      const numberHash = number === undefined ? undefined : traceNumber(number);
      const filter = { ...rest, oldestFirst, numberHash };
      return {
        acts: administration.auditLog(limit, offset, filter),
        total: administration.auditLength(filter),
      };
    },
    noteAct: (actor, name, subject, before, after) =>
      act(actor, () => administration.noteAct(name, subject, before, after)),
    noteActOnNumber(actor, name, number, after) {
      const numberHash = traceNumber(number);
      return act(actor, () =>
        administration.noteAct(name, maskMsisdn(number), null, { ...after, numberHash }),
      );
    },
    close: () => administration.close(),
  };
}

/** A key as its owner sees it: the account is the owner's, also of one in the sandbox. */
interface OwnKey extends KeySummary {
  readonly sandbox: boolean;
}

function credentialOf({ secretId, ...key }: OwnKey): Credential {
  return { ...key, maskedId: `${secretId.slice(0, 4)}…${secretId.slice(-4)}` };
}

function checkActions(actions: Iterable<string> | undefined): void {
  for (const name of actions ?? [])
    if (!ACTIONS.some((action) => action.name === name)) throw new DeskError(`there is no action '${name}'`);
}
