// A real desk of one-time codes over a real file, for the world that the coverage page's claims are tried in. Chance is fixed, so
// that every code is the same.

import { createMessageBoxes } from '../../src/core/message-boxes.ts';
import { createDispatcher } from '../../src/core/message-dispatcher.ts';
import { createMessageTexts } from '../../src/core/message-texts.ts';
import { createVerificationDesk } from '../../src/core/verification-desk.ts';
import { createVerificationOffice } from '../../src/core/verification-office.ts';
import { parsePhoneContact } from '../../src/domain/contact.ts';
import { CONTACT_PURPOSE } from '../../src/domain/one-time-code.ts';
import type { SendRules } from '../../src/ports/code-store.ts';
import type { Asker, Verifications } from '../../src/ports/verifications.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import { openTestCodes } from '../support/code-stores.ts';
import { HOUR_MS, NO_LIMITS } from '../support/codes.ts';
import { makeChannel } from '../support/message-channels.ts';

type TestContext = Parameters<typeof openTestCodes>[0];

/** Of every message. */
export const FIXED_CODE = '000000';
const KEY = Buffer.alloc(32, 9);
/** Every code is the same; no two ids are. */
const CODE_CHANCE = new Uint8Array(FIXED_CODE.length * 2);
const RANDOM = {
  ...systemRandom,
  bytes: (count: number) =>
    count === CODE_CHANCE.length ? Buffer.from(CODE_CHANCE) : systemRandom.bytes(count),
};

export interface CodeDesk {
  readonly verifications: Verifications;
  /** From then on nothing can be kept or read. */
  breakStore(): Promise<void>;
  /** A code is sent to the number, and with `entered` also entered. */
  prepare(asker: Asker, number: string, entered: boolean): Promise<void>;
}

export async function openCodeDesk(
  t: TestContext,
  limits: Partial<SendRules['limits']> = {},
): Promise<CodeDesk> {
  const { store } = await openTestCodes(t, {
    rules: { limits: { ...NO_LIMITS, ...limits }, resendBaseMs: HOUR_MS, resendMaxMs: HOUR_MS },
    onError: () => {},
  });
  const channel = makeChannel('test');
  const boxes = createMessageBoxes(KEY, RANDOM);
  const texts = createMessageTexts(store, 10);
  const dispatcher = createDispatcher({
    ...{ channels: [channel], clock: systemClock, random: systemRandom, queueMax: 100, atOnce: 1 },
    ...{ timeoutMs: HOUR_MS, attemptsMax: 1, retryBaseMs: 1, retriesPerMinute: 1, onDone: () => {} },
  });
  t.after(() => dispatcher.close());
  const desk = createVerificationDesk({
    ...{ store, dispatcher, boxes, texts, source: undefined, random: RANDOM, lookupKey: KEY },
    ...{ codeLength: FIXED_CODE.length, codeAlphabet: '0123456789', codeLifetimeMs: HOUR_MS },
    countries: new Set(['CN']),
    channelsFor: () => [channel.name],
    costOf: () => 1,
    onRefusal: () => {},
  });
  return {
    verifications: { ...desk, ...createVerificationOffice({ store, boxes, texts }) },
    breakStore: () => store.close(),
    async prepare(asker, number, entered) {
      const contact = parsePhoneContact(number, 'CN');
      if (contact === undefined) throw new Error('a number of the test is malformed');
      const started = await desk.start(asker, { contact, purpose: CONTACT_PURPOSE, language: 'zh' });
      started.settle(true);
      const wanted = { contact, purpose: CONTACT_PURPOSE, addsContact: true };
      if (entered) await desk.check(asker, wanted, FIXED_CODE);
    },
  };
}
