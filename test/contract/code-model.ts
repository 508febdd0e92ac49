// A store of codes against the rules said once more as plainly as they can be: whatever is sent, entered, waited for and restarted
// in whatever order, both answer the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CodeStore } from '../../src/ports/code-store.ts';
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

type Step =
  | Send
  | Enter
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'reopen' }
  | { readonly do: 'sweep' };

const to = fc.constantFrom('ann', 'ann+1', 'ann+2', 'bob');
const code = fc.constantFrom('111111', '222222');
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), to, code }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('enter' as const), to, code, addsContact: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 59_999, MINUTE_MS, 2 * MINUTE_MS, LIFETIME_MS, WINDOW_MS),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep' as const }) },
);

interface Kept {
  readonly code: string;
  readonly endsMs: number;
}

/** The rules. One account, one purpose. */
function createModel() {
  const codes = new Map<string, Kept>();
  const wrong = new Map<string, number[]>();
  const sends = new Map<string, number[]>();
  const contacts = new Set<string>();
  let window = { startedMs: Number.NEGATIVE_INFINITY, sends: 0 };
  const mailboxOf = (contact: string): string => contact.split('+')[0] ?? '';
  const wrongOf = (mailbox: string, nowMs: number): number =>
    (wrong.get(mailbox) ?? []).filter((timeMs) => nowMs - timeMs < WINDOW_MS).length;
  /** Since the last success, without a pause as long as the window. */
  const sendsOf = (mailbox: string, nowMs: number): readonly number[] => {
    const times = sends.get(mailbox) ?? [];
    const broken = [...times, nowMs].findLastIndex(
      (timeMs, at) => at > 0 && timeMs - (times[at - 1] ?? 0) >= WINDOW_MS,
    );
    return broken === -1 ? times : times.slice(broken);
  };

  return {
    send({ to: contact, code: drawn }: Send, nowMs: number): string {
      const mailbox = mailboxOf(contact);
      if (wrongOf(mailbox, nowMs) >= RULES.attemptsMax) return 'attempts';
      const times = sendsOf(mailbox, nowMs);
      const waitMs = Math.min(RULES.resendMaxMs, RULES.resendBaseMs * 2 ** (times.length - 1));
      const last = times.at(-1);
      if (last !== undefined && nowMs < last + waitMs) return 'delay';
      if (nowMs >= window.startedMs + RULES.windowMs) window = { startedMs: nowMs, sends: 0 };
      if (window.sends >= RULES.limits.account) return 'account';
      window = { ...window, sends: window.sends + 1 };
      sends.set(mailbox, [...(sends.get(mailbox) ?? []), nowMs]);
      codes.set(contact, { code: drawn, endsMs: nowMs + LIFETIME_MS });
      return 'held';
    },
    enter({ to: contact, code: tried, addsContact }: Enter, nowMs: number): string {
      const mailbox = mailboxOf(contact);
      if (addsContact && contacts.has(contact)) return 'already_verified';
      const kept = codes.get(contact);
      if (kept === undefined || nowMs >= kept.endsMs) return 'unusable';
      if (wrongOf(mailbox, nowMs) >= RULES.attemptsMax) return 'unusable';
      if (kept.code !== tried) {
        wrong.set(mailbox, [...(wrong.get(mailbox) ?? []), nowMs]);
        // Whose code took the last attempt has it no more.
        if (wrongOf(mailbox, nowMs) >= RULES.attemptsMax) codes.delete(contact);
        return 'wrong';
      }
      codes.delete(contact);
      wrong.delete(mailbox);
      sends.delete(mailbox);
      if (addsContact) contacts.add(contact);
      return 'verified';
    },
  };
}

export function testCodeModel(name: string, open: OpenCodesUnderTest): void {
  const compare = async (
    getStore: () => Promise<CodeStore>,
    restart: () => Promise<void>,
    account: number,
    drawn: readonly Step[],
  ): Promise<void> => {
    const model = createModel();
    let nowMs = T0_MS;
    for (const step of drawn) {
      const store = await getStore();
      if (step.do === 'wait') nowMs += step.ms;
      else if (step.do === 'reopen') await restart();
      else if (step.do === 'sweep') await store.sweep(nowMs);
      else if (step.do === 'send') {
        const held = await store.hold(makeCode({ account, to: step.to, code: step.code, nowMs }));
        assert.equal(verdictOf(held), model.send(step, nowMs));
      } else {
        const { kind } = await store.check(makeCheck({ account, nowMs, ...step }));
        assert.equal(kind, model.enter(step, nowMs), JSON.stringify(step));
      }
    }
  };

  test(`${name}: sends, entered codes and time in any order are answered as the rules say`, async (t) => {
    const { store } = await open(t, { rules: RULES });
    let account = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 60 }), async (drawn) => {
        account += 1;
        await compare(
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
    let under = await open(t, { rules: RULES });
    let account = 0;
    const withRestarts = fc.oneof(
      { weight: 10, arbitrary: steps },
      { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(withRestarts, { minLength: 10, maxLength: 40 }), async (drawn) => {
        account += 1;
        const restart = async (): Promise<void> => {
          under = await under.reopen();
        };
        await compare(async () => under.store, restart, account, drawn);
      }),
      propertyRuns(10),
    );
  });
}
