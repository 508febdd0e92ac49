// The desk of one-time codes: decides with the rules and the store whether a code is sent, writes the message, and lets it go once
// its call is recorded; codes are checked here. Knows no action and no wire format.

import { prepareKeyedHash } from '../codecs/keyed-hash.ts';
import { timeOrderedUuid } from '../codecs/time-ordered-uuid.ts';
import { type Contact, maskContact } from '../domain/contact.ts';
import { Fault } from '../domain/fault.ts';
import { networkOf } from '../domain/ip-address.ts';
import type { Msisdn } from '../domain/msisdn.ts';
import { drawCode, normaliseCode } from '../domain/one-time-code.ts';
import type { CodeCheck, CodeStore, NewCode } from '../ports/code-store.ts';
import type { Random } from '../ports/random.ts';
import type { Source } from '../ports/source.ts';
import type {
  Asker,
  Guard,
  JudgedCode,
  Verifications,
  VerifiedCode,
  WantedCode,
} from '../ports/verifications.ts';
import type { MessageBoxes } from './message-boxes.ts';
import type { Dispatcher } from './message-dispatcher.ts';
import type { MessageTexts } from './message-texts.ts';

export interface DeskOptions {
  readonly store: CodeStore;
  readonly dispatcher: Dispatcher;
  readonly boxes: MessageBoxes;
  readonly texts: MessageTexts;
  /** Asked whether a number is vacant or cancelled; undefined: it does not matter. */
  readonly source: Source | undefined;
  readonly random: Random;
  /** 32 bytes: what is looked up and counted is hashed under it. */
  readonly lookupKey: Buffer;
  readonly codeLength: number;
  readonly codeAlphabet: string;
  readonly codeLifetimeMs: number;
  /** ISO 3166 codes of countries whose numbers are served. */
  readonly countries: ReadonlySet<string>;
  /** Names of channels by kind and country. */
  readonly channelsFor: (contact: Contact) => readonly string[];
  /** Of one message in minor units, by country. */
  readonly costOf: (contact: Contact) => number;
  readonly onRefusal: (guard: Guard, country: string) => void;
}

type Desk = Pick<Verifications, 'start' | 'check' | 'checkById' | 'contacts' | 'removeContact'>;

/** Guards that would let the same send pass a little later, and guards that count what somebody does. */
const FAULT_OF = {
  delay: 'send_too_early',
  account: 'send_limit_reached',
  address: 'send_limit_reached',
  user: 'send_limit_reached',
} as const satisfies Partial<Record<Guard, string>>;

export function createVerificationDesk(options: DeskOptions): Desk {
  const { store, dispatcher, boxes, texts, source, random, codeLifetimeMs } = options;
  const hash = prepareKeyedHash(options.lookupKey);
  /** Of what many sends share: written by all of them, so it lies together on the disk. 120 bits tell one from the other. */
  const hashOfShared = (text: string): Uint8Array => {
    const hashed = hash(text);
    hashed[0] = 0;
    return hashed;
  };
  const hashesOf = (account: number, { key, mailbox, prefix }: Contact) => ({
    contact: hash(`contact\n${account}\n${key}`),
    mailbox: hash(`mailbox\n${account}\n${mailbox}`),
    prefix: hashOfShared(`prefix\n${account}\n${prefix}`),
  });

  async function refuse(asker: Asker, contact: Contact, guard: Guard): Promise<never> {
    const { account, requestId, nowMs } = asker;
    const { kind, country } = contact;
    const maskedTo = maskContact(kind, contact.to);
    const savedMinor = options.costOf(contact);
    const refusal = {
      account: account.id,
      timeMs: nowMs,
      guard,
      kind,
      maskedTo,
      country,
      requestId,
      savedMinor,
    };
    await store.refuse(refusal);
    return giveUp(guard, country);
  }

  function giveUp(guard: Guard, country: string, retryAfterMs?: number): never {
    options.onRefusal(guard, country);
    const code = guard in FAULT_OF ? FAULT_OF[guard as keyof typeof FAULT_OF] : 'send_refused';
    throw new Fault(code, retryAfterMs === undefined ? {} : { retryAfterMs });
  }

  /** A right one is told before it is on disk, so that its call can be recorded meanwhile. */
  function judgeCode(check: CodeCheck): Promise<JudgedCode> {
    return new Promise((resolve, reject) => {
      const verified = (code: VerifiedCode) => resolve({ ...code, kept });
      const checked = store.check(check, verified);
      const kept = checked.then(() => {});
      kept.catch(() => {});
      checked.then((code) => (code.kind === 'verified' ? verified(code) : resolve(code)), reject);
    });
  }

  /** Is its line dead, as far as the account may know? */
  async function judge(asker: Asker, contact: Contact): Promise<boolean> {
    if (contact.kind !== 'phone') return false;
    if (!options.countries.has(contact.country)) await refuse(asker, contact, 'country');
    if (!contact.isReachable) await refuse(asker, contact, 'line_type');
    // What the registry knows of a line is a service of its own: others would learn it here for nothing.
    if (source === undefined || !asker.account.services.has('line-status')) return false;
    const record = await source.ask({ msisdn: contact.key as Msisdn });
    return record?.status === 'vacant' || record?.status === 'cancelled';
  }

  return {
    async start(asker, wanted) {
      const { account, keyId: key, requestId, nowMs } = asker;
      const { contact, purpose } = wanted;
      const channels = channelsOf(wanted);
      if (wanted.channels !== undefined && channels.length === 0)
        throw new Fault('parameter_value', { field: 'channels' });
      if (channels.length === 0 || !dispatcher.hasRoom()) throw new Fault('send_failed');
      const isDead = await judge(asker, contact);
      const id = timeOrderedUuid(nowMs, (count) => random.bytes(count));
      const code = drawCode(options.codeAlphabet, options.codeLength, (count) => random.bytes(count));
      const expiresMs = nowMs + codeLifetimeMs;
      const text = await texts.write(account, wanted, {
        code,
        minutes: String(Math.ceil(codeLifetimeMs / 60_000)),
      });
      const message = {
        id,
        kind: contact.kind,
        to: contact.to,
        ...text,
        language: wanted.language,
        expiresMs,
      };
      const kept: NewCode = {
        ...{ id, account: account.id, key, requestId, purpose, kind: contact.kind, country: contact.country },
        ...hashesOf(account.id, contact),
        isDead,
        sharedMailbox: hash(`mailbox of all\n${contact.mailbox}`),
        countryHash: hashOfShared(`country\n${contact.country}`),
        addressHash: hashOfShared(`address\n${account.id}\n${networkOf(asker.address)}`),
        userHash:
          asker.userAddress === undefined
            ? undefined
            : hashOfShared(`user\n${account.id}\n${networkOf(asker.userAddress)}`),
        code: normaliseCode(code),
        ...boxes.seal(message),
        channels,
        maskedTo: maskContact(contact.kind, contact.to),
        nowMs,
        expiresMs,
        costMinor: options.costOf(contact),
      };
      const answer = await store.hold(kept);
      if (answer.kind === 'refused') return giveUp(answer.guard, contact.country, answer.retryAfterMs);
      return {
        ...{ id, expiresMs, resendMs: answer.resendMs },
        settle(isRecorded) {
          // That it is recorded says the ledger, which is asked after a crash. What is not dropped here is dropped then.
          if (isRecorded) dispatcher.dispatch({ message, channels });
          else store.drop(id, nowMs, kept).catch(() => {});
        },
      };
    },
    check({ account, nowMs }, { contact, purpose, addsContact }, code) {
      const by = { ...hashesOf(account.id, contact), purpose, addsContact };
      return judgeCode({ account: account.id, code: normaliseCode(code), nowMs, by });
    },
    checkById({ account, keyId, nowMs, repeatName }, id, entered) {
      const code = normaliseCode(entered);
      const wanted = { account: account.id, code, nowMs, by: { id } };
      if (repeatName === undefined) return judgeCode(wanted);
      return judgeCode({ ...wanted, repeat: hash(`check\n${keyId}\n${repeatName}\n${id}\n${code}`) });
    },
    async contacts(account, { kind, contact }, page) {
      const filter = {
        kind,
        contact: contact === undefined ? undefined : hashesOf(account, contact).contact,
      };
      const found = await store.contacts(account, filter, page);
      return {
        total: found.total,
        contacts: found.contacts.map(({ kind: itsKind, id, sealedContact, verifiedMs }) => ({
          kind: itsKind,
          to: boxes.openContact(id, sealedContact),
          verifiedMs,
        })),
      };
    },
    removeContact: (account, contact) => store.removeContact(account, hashesOf(account, contact).contact),
  };

  function channelsOf({ contact, channels }: WantedCode): readonly string[] {
    const allowed = options.channelsFor(contact);
    return channels === undefined ? allowed : channels.filter((name) => allowed.includes(name));
  }
}
