// A store of codes against the rules said once more as plainly as they can be: whatever is sent, entered, waited for and restarted
// in whatever order, both answer the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CodeStore, NewCode } from '../../src/ports/code-store.ts';
import {
  LIFETIME_MS,
  MINUTE_MS,
  makeCheck,
  makeCode,
  NO_LIMITS,
  type OpenCodesUnderTest,
  T0_MS,
  verdictOf,
} from '../support/codes.ts';
import { propertyRuns } from '../support/property-runs.ts';

const WINDOW_MS = 10 * MINUTE_MS;
const RULES = {
  ...{ attemptsMax: 3, attemptWindowMs: WINDOW_MS, resendBaseMs: MINUTE_MS, resendMaxMs: 3 * MINUTE_MS },
  ...{ windowMs: 20 * MINUTE_MS, limits: { ...NO_LIMITS, account: 12 } },
};

/** Sends follow one another at once: several wait for their calls. */
const AT_ONCE = { ...RULES, resendBaseMs: 0, resendMaxMs: 0 };

interface Send {
  readonly do: 'send';
  readonly to: string;
  readonly code: string;
}

interface Enter {
  readonly do: 'enter';
  readonly to: string;
  readonly code: string;
  readonly addsContact: boolean;
}

/** A call that was refused in the end: of the sends that were held, so many before the last. */
interface Drop {
  readonly do: 'drop';
  readonly before: number;
}

type Step =
  | Send
  | Enter
  | Drop
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'reopen' }
  | { readonly do: 'sweep' };

const to = fc.constantFrom('ann', 'ann+1', 'bob');
const code = fc.constantFrom('111111', '222222', '333333');
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('send' as const), to, code }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('enter' as const), to, code, addsContact: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 59_999, MINUTE_MS, 2 * MINUTE_MS, LIFETIME_MS, WINDOW_MS),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('drop' as const), before: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep' as const }) },
);

interface Kept {
  readonly to: string;
  readonly code: string;
  readonly sentMs: number;
  readonly endsMs: number;
}

/** The rules. One account, one purpose. */
function createModel(rules: typeof RULES) {
  /** The last one that can be entered is the last of its contact. */
  let codes: Kept[] = [];
  const wrong = new Map<string, number[]>();
  /** By mailbox: those since the last success. */
  const sends = new Map<string, readonly Kept[]>();
  const contacts = new Set<string>();
  let window = { startedMs: Number.NEGATIVE_INFINITY, sends: 0 };
  const mailboxOf = (contact: string): string => contact.split('+')[0] ?? '';
  const wrongOf = (mailbox: string, nowMs: number): number =>
    (wrong.get(mailbox) ?? []).filter((timeMs) => nowMs - timeMs < WINDOW_MS).length;
  /** Without a pause as long as the window. */
  const sendsOf = (mailbox: string, nowMs: number): readonly Kept[] =>
    nowMs - (sends.get(mailbox)?.at(-1)?.sentMs ?? nowMs) >= WINDOW_MS ? [] : (sends.get(mailbox) ?? []);
  const lastOf = (contact: string): Kept | undefined => codes.findLast((kept) => kept.to === contact);
  const forget = (contact: string): void => {
    codes = codes.filter((kept) => kept.to !== contact);
  };

  return {
    send(kept: Kept, nowMs: number): string {
      const mailbox = mailboxOf(kept.to);
      if (wrongOf(mailbox, nowMs) >= rules.attemptsMax) return 'attempts';
      const earlier = sendsOf(mailbox, nowMs);
      const waitMs = Math.min(rules.resendMaxMs, rules.resendBaseMs * 2 ** (earlier.length - 1));
      const last = earlier.at(-1);
      if (last !== undefined && nowMs < last.sentMs + waitMs) return 'delay';
      if (nowMs >= window.startedMs + rules.windowMs) window = { startedMs: nowMs, sends: 0 };
      if (window.sends >= rules.limits.account) return 'account';
      window = { ...window, sends: window.sends + 1 };
      sends.set(mailbox, [...earlier, kept]);
      codes.push(kept);
      return 'held';
    },
    /** As if it had never been sent. */
    drop(kept: Kept): void {
      const mailbox = mailboxOf(kept.to);
      codes = codes.filter((one) => one !== kept);
      sends.set(
        mailbox,
        (sends.get(mailbox) ?? []).filter((one) => one !== kept),
      );
      if (kept.sentMs >= window.startedMs) window = { ...window, sends: window.sends - 1 };
    },
    enter({ to: contact, code: tried, addsContact }: Enter, nowMs: number): string {
      const mailbox = mailboxOf(contact);
      if (addsContact && contacts.has(contact)) return 'already_verified';
      const kept = lastOf(contact);
      if (kept === undefined || nowMs >= kept.endsMs) return 'unusable';
      if (wrongOf(mailbox, nowMs) >= rules.attemptsMax) return 'unusable';
      if (kept.code !== tried) {
        wrong.set(mailbox, [...(wrong.get(mailbox) ?? []), nowMs]);
        // Whose code took the last attempt has it no more.
        if (wrongOf(mailbox, nowMs) >= rules.attemptsMax) forget(contact);
        return 'wrong';
      }
      forget(contact);
      wrong.delete(mailbox);
      sends.delete(mailbox);
      if (addsContact) contacts.add(contact);
      return 'verified';
    },
  };
}

export function testCodeModel(name: string, open: OpenCodesUnderTest): void {
  const compare = async (
    rules: typeof RULES,
    getStore: () => Promise<CodeStore>,
    restart: () => Promise<void>,
    account: number,
    drawn: readonly Step[],
  ): Promise<void> => {
    const model = createModel(rules);
    let nowMs = T0_MS;
    const held: { readonly kept: Kept; readonly code: NewCode }[] = [];
    for (const step of drawn) {
      const store = await getStore();
      if (step.do === 'wait') nowMs += step.ms;
      else if (step.do === 'reopen') await restart();
      else if (step.do === 'sweep') await store.sweep(nowMs);
      else if (step.do === 'send') {
        const { to, code } = step;
        const kept = { to, code, sentMs: nowMs, endsMs: nowMs + LIFETIME_MS };
        const wanted = makeCode({ account, to, code, nowMs });
        const verdict = verdictOf(await store.hold(wanted));
        assert.equal(verdict, model.send(kept, nowMs));
        if (verdict === 'held') held.push({ kept, code: wanted });
      } else if (step.do === 'drop') {
        const [dropped] = held.splice(-1 - step.before, 1);
        // Whether a call is refused is known long before its code is over.
        if (dropped === undefined || nowMs >= dropped.kept.endsMs) continue;
        model.drop(dropped.kept);
        await store.drop(dropped.code.id, nowMs, dropped.code);
      } else {
        const { kind } = await store.check(makeCheck({ account, nowMs, ...step }));
        assert.equal(kind, model.enter(step, nowMs), JSON.stringify(step));
      }
    }
  };

  for (const [rules, when] of [
    [RULES, 'with waits between sends'],
    [AT_ONCE, 'with sends that follow at once'],
  ] as const)
    test(`${name}: sends, entered codes and time in any order are answered as the rules say, ${when}`, async (t) => {
      const { store } = await open(t, { rules });
      let account = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { maxLength: 60, size: 'max' }), async (drawn) => {
          account += 1;
          await compare(
            rules,
            async () => store,
            async () => {},
            account,
            drawn,
          );
        }),
        propertyRuns(150),
      );
    });

  test(`${name}: and no restart in between changes an answer`, async (t) => {
    let under = await open(t, { rules: AT_ONCE });
    let account = 0;
    const withRestarts = fc.oneof(
      { weight: 10, arbitrary: steps },
      { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(withRestarts, { minLength: 10, maxLength: 40, size: 'max' }),
        async (drawn) => {
          account += 1;
          const restart = async (): Promise<void> => {
            under = await under.reopen();
          };
          await compare(AT_ONCE, async () => under.store, restart, account, drawn);
        },
      ),
      propertyRuns(10),
    );
  });
}
