// The people of the self-service, composed of their file, hashes and mail: the rows of their calls, and whom a session or
// platform token stands for.

import { createMailQueue, type MailStatistics } from '../channels/mail-queue.ts';
import { createOutbox, type Outbox, type ShownMail } from '../channels/outbox/create-outbox.ts';
import { deriveKey } from '../codecs/key-derivation.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { writeLetter } from '../management/people/letters.ts';
import { createPasswords } from '../management/people/passwords.ts';
import { createThrottle, type Throttle } from '../management/people/throttle.ts';
import { createPeopleRoutes } from '../management/people-routes.ts';
import type { RouteDefinition } from '../management/route.ts';
import type { MailChannel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { FoundProof, OpenAccount, PeopleStore, Person, StoredPerson } from '../ports/people.ts';
import type { Random } from '../ports/random.ts';
import { openPeople } from '../storage/sqlite/people/open-people.ts';
import { smtpServerOf } from './smtp-server.ts';

export interface PeopleOfficeOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly master: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  readonly openAccount: OpenAccount;
  /** Writes to the terminal, never to a log; the outbox's mails go there. */
  readonly print: (text: string) => void;
  /** Told with a code that names nobody. */
  readonly onMailFailure: (reason: string) => void;
}

export interface SignedInPerson {
  readonly person: Person;
  readonly proofId: string;
}

export interface PeopleOffice {
  readonly routes: readonly RouteDefinition[];
  readonly store: PeopleStore;
  /** By mail, when an operator removed the authenticator. */
  tellTotpRemoved(person: StoredPerson): void;
  /** By the session cookie's value. */
  findSession(value: string): Promise<SignedInPerson | undefined>;
  findPlatformToken(token: string): Promise<SignedInPerson | undefined>;
  readonly throttle: Pick<Throttle, 'take'>;
  /** Counts a change that somebody makes who is signed in; throws too_many_requests. */
  countChange(caller: string, accountId: string): void;
  mailStatistics(): MailStatistics;
  /** Newest first; undefined where mails are really sent. */
  readonly shownMails: (() => readonly ShownMail[]) | undefined;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const OUTBOX_KEPT = 100;

/** Rejects with Error when the mail settings do not fit together. */
export async function openPeopleOffice(options: PeopleOfficeOptions): Promise<PeopleOffice> {
  const { paths, configuration, master, clock, random, openAccount, onMailFailure } = options;
  const outbox = openOutbox(options);
  const channel = outbox ?? (await openMailServer(options));
  const store = openPeople({
    path: paths.people,
    sealKey: deriveKey(master, 'people-seal'),
    lookupKey: deriveKey(master, 'people-lookup'),
    random,
    sessions: {
      idleMs: configuration.sessionIdleMinutes * MINUTE_MS,
      perPersonMax: configuration.sessionsPerPerson,
    },
    codesMax: configuration.codesMax,
  });
  const mailer = createMailQueue({
    channel,
    clock,
    random,
    queueMax: configuration.mailQueueMax,
    atOnce: configuration.smtpConnections,
    timeoutMs: configuration.mailTimeoutMs,
    lifetimeMs: configuration.mailLifetimeMs,
    attemptsMax: configuration.mailAttempts,
    retryBaseMs: configuration.mailRetryBaseMs,
    retriesPerMinute: configuration.mailRetriesPerMinute,
    onFailure: onMailFailure,
  });
  const passwords = createPasswords({
    pepper: deriveKey(master, 'people-pepper'),
    cost: {
      memoryKib: configuration.passwordMemoryKib,
      passes: configuration.passwordPasses,
      parallelism: configuration.passwordParallelism,
    },
    random,
    atOnce: configuration.passwordHashesAtOnce,
    queueMax: configuration.passwordQueueMax,
  });
  const throttle = createThrottle({
    clock,
    limits: configuration.attemptLimits,
    windowMs: configuration.attemptWindowMinutes * MINUTE_MS,
    windowsMax: configuration.attemptWindowsMax,
  });
  const routes = createPeopleRoutes({
    store,
    passwords,
    throttle,
    mailer,
    openAccount,
    clock,
    random,
    language: configuration.defaultLanguage === 'zh' ? 'zh' : 'en',
    codeMinutes: configuration.codeMinutes,
    codeAttempts: configuration.codeAttempts,
    sessionMaxMs: configuration.sessionMaxMinutes * MINUTE_MS,
    platformTokensMax: configuration.platformTokensPerPerson,
    issuer: 'Lineproof',
  });

  async function personOf(proof: FoundProof | undefined): Promise<SignedInPerson | undefined> {
    const stored = proof === undefined ? undefined : await store.findById(proof.personId);
    if (proof === undefined || stored === undefined) return undefined;
    const { id, accountId, email, createdMs, totpEnabled } = stored;
    return { person: { id, accountId, email, createdMs, totpEnabled }, proofId: proof.proofId };
  }

  return {
    routes,
    store,
    tellTotpRemoved: ({ language, email }) =>
      mailer.post(writeLetter('totpDisabled', language, email), 'real'),
    findSession: async (value) => personOf(await store.sessions.find(value, clock.nowMs())),
    findPlatformToken: async (token) => personOf(await store.tokens.find(token, clock.nowMs())),
    throttle,
    countChange: (caller, accountId) => throttle.take('change', caller, accountId),
    mailStatistics: () => mailer.statistics(),
    shownMails: outbox === undefined ? undefined : () => outbox.mails(),
    async close() {
      await mailer.close();
      store.close();
    },
  };
}

function openOutbox({ configuration, clock, print }: PeopleOfficeOptions): Outbox | undefined {
  if (configuration.mailChannel !== 'outbox') return undefined;
  print('Mail is not sent: it is printed here (mail-channel is outbox, for development).\n');
  return createOutbox({ clock, keepMax: OUTBOX_KEPT, print });
}

async function openMailServer({ configuration, clock }: PeopleOfficeOptions): Promise<MailChannel> {
  const { createSmtp } = await import('../channels/smtp/create-smtp.ts');
  return createSmtp({
    ...smtpServerOf(configuration),
    timeoutMs: configuration.mailTimeoutMs,
    clock,
  });
}
