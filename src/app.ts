// The composition root of the serving process: configuration -> adapters -> pipeline -> protocol -> sockets. What one
// purpose needs of the rooms is put together in app/.

import { join } from 'node:path';
import { ACTIONS } from './actions/index.ts';
import { openAccountDesk } from './app/account-desk.ts';
import { createCallRecorder } from './app/call-recorder.ts';
import { createCallRoute } from './app/call-route.ts';
import { openCodeOffice } from './app/codes.ts';
import { createExplorer } from './app/explorer.ts';
import { createFailedRequests } from './app/failed-requests.ts';
import { openJobs } from './app/jobs/open-jobs.ts';
import { openManagement } from './app/management.ts';
import { openMasterKey } from './app/master-key.ts';
import { refuseOutboxOnNetwork } from './app/outbox-guard.ts';
import { readTls, type Tls } from './app/read-tls.ts';
import { openRegistryUploads } from './app/registry-uploads.ts';
import { watchSettlements } from './app/settlement-watch.ts';
import { claimTimeZone } from './app/time-zone.ts';
import { openUsageOf } from './app/usage.ts';
import { deriveKey } from './codecs/key-derivation.ts';
import type { DataPaths } from './config/data-directory.ts';
import type { Configuration } from './config/options.ts';
import { createPipeline } from './core/execute.ts';
import { createFingerprints } from './core/fingerprint.ts';
import { createKeptAnswers } from './core/kept-answers.ts';
import { createRateLimit } from './core/rate-limit.ts';
import { createUnwrappedKeys } from './core/unwrapped-keys.ts';
import { createCalendar } from './domain/calendar-date.ts';
import { LINEPROOF_FACE } from './management/verifications/face.ts';
import type { Clock } from './ports/clock.ts';
import type { Random } from './ports/random.ts';
import { createAceDataProtocol, isAceDataRequest } from './protocols/acedata/index.ts';
import { createDoctor } from './protocols/tencent/diagnose.ts';
import { createTencentProtocol, isTencentRequest, toAnswer } from './protocols/tencent/index.ts';
import { createAddressReader, createCallerReader } from './server/caller-address.ts';
import { addConsoleFiles } from './server/console-files.ts';
import { createFailureLog } from './server/failure-log.ts';
import { createHotDispatch } from './server/hot-dispatch.ts';
import { createWebServer } from './server/listen.ts';
import type { Log } from './server/log.ts';
import { createMetrics } from './server/metrics.ts';
import { addOperationRoutes } from './server/operation-routes.ts';
import { createRegistrySource, REGISTRY_SOURCE_NAME } from './sources/registry/create-registry-source.ts';
import { createSandbox } from './sources/sandbox/create-sandbox.ts';
import { createVerificationRehearsal } from './sources/sandbox/rehearse-verification.ts';
import { openAccountDirectory } from './storage/sqlite/accounts/account-directory.ts';
import { openKeyVault } from './storage/sqlite/accounts/key-vault.ts';
import { loadServerKeyPairs } from './storage/sqlite/accounts/server-key-pairs.ts';
import { publicKeyText, signingKeyFrom } from './storage/sqlite/ledger/heads.ts';
import { openLedger } from './storage/sqlite/ledger/open-ledger.ts';
import { openNumberRanges } from './storage/sqlite/registry/open-number-ranges.ts';
import { openSubscriberLookup } from './storage/sqlite/registry/open-subscriber-lookup.ts';

export interface AppOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Shows a person at the terminal the mails that no mail server takes. */
  readonly showMail: (text: string) => void;
}

export interface App {
  /** Resolves with the URL that is served. */
  listen(): Promise<string>;
  /** Answers what is in flight, signs the ledger's head and closes every file. */
  stop(): Promise<void>;
  /** Resolves when it can never answer again until it is started anew, with the reason. */
  readonly broken: Promise<Error>;
}

/** Built by console/build.ts. */
const CONSOLE_DIRECTORY = join(import.meta.dirname, '..', 'console', 'dist');
const DROP_KEPT_EVERY_MS = 60_000;

interface Closable {
  close(): void | Promise<void>;
}

/** What cannot be put together leaves nothing open: an open file or thread would keep the process from ending. */
export async function createApp(options: AppOptions): Promise<App> {
  const opened: Closable[] = [];
  const keep = <T extends Closable>(file: T): T => {
    opened.push(file);
    return file;
  };
  const closeAll = async (): Promise<void> => {
    for (let file = opened.pop(); file !== undefined; file = opened.pop()) await file.close();
  };
  try {
    return await assembleApp(options, readTls(options.configuration), keep, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function assembleApp(
  options: AppOptions,
  tls: Tls | undefined,
  keep: <T extends Closable>(file: T) => T,
  closeAll: () => Promise<void>,
): Promise<App> {
  const { paths, configuration, clock, random, log } = options;
  refuseOutboxOnNetwork(configuration);
  const master = openMasterKey(options);
  const key = (purpose: Parameters<typeof deriveKey>[1]): Buffer => deriveKey(master, purpose);

  const failures = createFailureLog({ log, clock, everyMs: configuration.failureLogEveryMs });
  const directory = keep(
    openAccountDirectory({
      path: paths.accounts,
      secretEnvelopeKey: key('secret-envelope'),
      cachedKeysMax: configuration.cachedKeysMax,
      clock,
    }),
  );
  const vault = keep(
    openKeyVault({
      path: paths.accounts,
      sealKey: key('kms'),
      clock,
      random,
      keysPerAccountMax: configuration.kmsKeysPerAccount,
    }),
  );
  const pairs = loadServerKeyPairs(paths.accounts, key('server-key-pairs'), random);
  const lookup = keep(openSubscriberLookup({ path: paths.registry, clock }));
  const ranges = keep(openNumberRanges({ path: paths.registry, clock }));
  claimTimeZone(options);
  const ledger = keep(
    await openLedger({
      ledgerPath: paths.ledger,
      callsPath: paths.calls,
      headsPath: paths.ledgerHeads,
      signingSeed: key('ledger-signing'),
      actions: ACTIONS.map(({ name }) => name),
      protocols: ['tencent', 'acedata', LINEPROOF_FACE.name],
      sources: [REGISTRY_SOURCE_NAME],
      ringSlots: configuration.ledgerRingSlots,
      batchMax: configuration.ledgerBatchMax,
      signEveryMs: configuration.ledgerSignEveryMs,
      signEveryEntries: configuration.ledgerSignEveryEntries,
      callLogCapacity: configuration.callLogCapacity,
      checkpointPages: configuration.ledgerCheckpointPages,
      loadsUsage: directory.hasCaps(),
      loadsKeyUsage: directory.hasKeyLimits(),
      onError: (reason) => failures.report('the ledger could not be written', { reason }),
    }),
  );
  const sweep = (): void => ledger.dropKept(clock.nowMs());
  sweep();
  const sweeping = setInterval(sweep, DROP_KEPT_EVERY_MS).unref();
  keep({ close: () => clearInterval(sweeping) });
  const usage = keep(
    openUsageOf({
      paths,
      configuration,
      timeZone: configuration.timeZone,
      publicKey: publicKeyText(signingKeyFrom(key('ledger-signing'))),
      clock,
      flushLog: ledger.flushLog,
      onError: (reason) => failures.report('usage could not be brought up to date', { reason }),
    }),
  );

  const metrics = createMetrics({
    readLedger: () => ledger.statistics(),
    isRegistryPresent: () => lookup.presence() === 'present',
  });
  const dateOf = createCalendar(configuration.timeZone);
  const desk = keep(
    openAccountDesk({
      path: paths.accounts,
      secretEnvelopeKey: key('secret-envelope'),
      numberTraceKey: key('audit-number'),
      clock,
      random,
      treasury: ledger,
      dateOf,
      freeQuota: configuration.freeQuota,
      keysPerAccountMax: configuration.keysPerAccount,
      prices: () => directory.prices(configuration.prices),
      configuredPrices: configuration.prices,
      operatorSessionMs: configuration.operatorSessionMinutes * 60_000,
      onChange: directory.lookAgain,
    }),
  );
  const source = createRegistrySource({ lookup, blindIndexKey: key('blind-index') });
  const codes = keep(
    await openCodeOffice({
      ...options,
      master,
      source,
      print: options.showMail,
      onRefusal: metrics.countRefusedCode,
      onStep: metrics.countMessage,
      onNoticesDropped: metrics.countDroppedNotices,
      onChannel(channel, isUp, reason) {
        if (isUp) log.info({ channel }, 'a channel for messages is up');
        else failures.report('a channel for messages is down', { channel, reason });
      },
      onError: (reason) => failures.report('one-time codes could not be kept', { reason }),
    }),
  );
  const watch = watchSettlements(ledger);
  const rehearsal = createVerificationRehearsal({
    ...{ clock, random, region: configuration.region, keptMax: configuration.sandboxKeptAnswers },
  });
  const execute = createPipeline({
    actions: ACTIONS,
    clock,
    random,
    source,
    ranges,
    rehearsal: createSandbox({
      clock,
      region: configuration.region,
      maxDelayedCalls: configuration.sandboxDelayedCalls,
      verifications: rehearsal,
    }),
    vault,
    verifications: codes.verifications,
    pairs,
    unwrapped: createUnwrappedKeys({
      max: configuration.unwrappedKeysMax,
      keptMs: configuration.unwrappedKeysKeptMs,
      hashKey: random.bytes(32),
    }),
    ledger: watch.ledger,
    keptAnswers: createKeptAnswers({
      ledger,
      random,
      sealKey: key('kept-answers-seal'),
      lookupKey: key('kept-answers-lookup'),
      keptMs: configuration.keptAnswersMs,
      sandboxMax: configuration.sandboxKeptAnswers,
    }),
    fingerprints: createFingerprints(key('subject'), key('limit-counter')),
    rateLimit: createRateLimit(configuration.rateWindowsMax),
    rules: {
      region: configuration.region,
      tenureMonths: configuration.tenureMonths,
      coverage: configuration.registryCoverage === 'complete' ? 'complete' : 'partial',
      timeZone: configuration.timeZone,
    },
    onSourceFailure(requestId, fault) {
      metrics.countSourceFailure(REGISTRY_SOURCE_NAME, fault.code);
      failures.report('a source could not answer', { requestId, source: REGISTRY_SOURCE_NAME, err: fault });
    },
    timeZone: configuration.timeZone,
    prices: () => directory.prices(configuration.prices),
    ratePerSecond: configuration.ratePerSecond,
    sandboxRatePerSecond: configuration.sandboxRatePerSecond,
    dailyLimit: configuration.dailyLimit,
  });
  const tencent = createTencentProtocol({
    directory,
    actions: ACTIONS,
    extraHosts: configuration.extraHosts,
    defaultLanguage: configuration.defaultLanguage === 'zh' ? 'zh' : 'en',
    clockWindowSeconds: configuration.clockWindowSeconds,
    urlMaxBytes: configuration.urlMaxBytes,
    bodyMaxBytes: configuration.bodyMaxBytes,
    v1BodyMaxBytes: configuration.formBodyMaxBytes,
    vacantStatusCode: configuration.vacantStatusCode === 3 ? 3 : 4,
    isps: ispTable(configuration.ispNames),
  });
  const acedataOptions = {
    actions: ACTIONS,
    profile: configuration.acedataProfile === 'current' ? 'current' : 'seed',
    identityCodes: configuration.acedataIdentityCodes === 'tencent' ? 'tencent' : 'published',
    bodyMaxBytes: configuration.acedataBodyMaxBytes,
    dateOf,
  } as const;
  const acedata = createAceDataProtocol({ ...acedataOptions, directory });
  const { logRequests, bodyMaxBytes } = configuration;
  const recorderOf = (protocol: string) =>
    createCallRecorder({ protocol, ledger, clock, metrics, latencies: usage, log, failures, logRequests });
  const hot = { execute, clock, random, bodyMaxBytes };
  const doctor = createDoctor({
    extraHosts: configuration.extraHosts,
    clockWindowSeconds: configuration.clockWindowSeconds,
  });
  const failed = createFailedRequests({
    doctor,
    findKey: (secretId) => directory.findKey(secretId),
    random,
    perKeyMax: configuration.failedRequestsPerKey,
    keysMax: configuration.failedRequestsKeys,
  });
  const jobs = keep(
    openJobs({
      ...{ paths, configuration, clock, random, noteAct: desk.noteAct },
      onDefect: (kind, reason) => failures.report('a job met a defect', { kind, reason }),
    }),
  );
  const uploads = keep(
    openRegistryUploads({
      ...{ paths, configuration, clock, random, jobs, noteAct: desk.noteAct },
      blindIndexKey: key('blind-index'),
    }),
  );
  const management = keep(
    await openManagement({
      ...{ ...options, master, directory, desk, usage, lookup, ranges, metrics, failures, jobs, uploads },
      ...{ codes, execute, sandbox: rehearsal },
      createExplorer: (answerInside) =>
        createExplorer({
          ...{ ...hot, tencent, recorderOf, watch, directory, doctor, failed, configuration, answerInside },
          createAceData: (findToken) =>
            createAceDataProtocol({ ...acedataOptions, directory: { findToken } }),
        }),
    }),
  );
  const server = createWebServer({
    host: configuration.host,
    port: configuration.port,
    tls,
    headersMaxBytes: configuration.headersMaxBytes,
    headersTimeoutMs: configuration.headersTimeoutMs,
    requestTimeoutMs: configuration.requestTimeoutMs,
    keepAliveTimeoutMs: configuration.keepAliveTimeoutMs,
    maxConnections: configuration.maxConnections,
    bodiesMaxBytes: configuration.bodiesMaxBytes,
    readAddress: createAddressReader(createCallerReader(configuration.trustedProxies)),
    hotRoute: createHotDispatch(
      createCallRoute({
        ...hot,
        protocol: acedata,
        matches: (_method, url) => isAceDataRequest(url),
        toAnswer: (answer) => answer,
        recorder: recorderOf(acedata.face.name),
      }),
      createCallRoute({
        ...hot,
        protocol: tencent,
        matches: isTencentRequest,
        toAnswer,
        recorder: recorderOf(tencent.face.name),
        onRefused: failed.note,
      }),
    ),
  });
  let stopping = false;
  addOperationRoutes(server.routes, {
    metrics,
    metricsToken: configuration.metricsToken,
    unreadyReasons: () =>
      [
        stopping ? 'stopping' : '',
        ledger.statistics().writing ? '' : 'the ledger cannot be written',
        lookup.presence() === 'unreadable' ? 'the registry cannot be read' : '',
        directory.isReadable() ? '' : 'the accounts cannot be read',
      ].filter((reason) => reason !== ''),
    publicKeys: () => ({ rsaPkcs1Pem: pairs.rsaPublicPem, sm2SpkiPem: pairs.sm2PublicPem }),
    numberRanges: () => ranges.list(),
  });
  management.addTo(server.routes);
  addConsoleFiles(server.routes, { directory: CONSOLE_DIRECTORY, random });

  return {
    listen: () => server.listen(),
    async stop() {
      stopping = true;
      await Promise.all([jobs.close(), server.stop(configuration.shutdownGraceMs)]);
      await closeAll();
    },
    broken: ledger.lost,
  };
}

/** 'en.mobile' -> mobile in English. */
function ispTable(names: Readonly<Record<string, string>>): Record<string, { en: string; zh: string }> {
  const table: Record<string, { en: string; zh: string }> = {};
  for (const [name, text] of Object.entries(names)) {
    const [language, carrier = ''] = name.split('.');
    const row = table[carrier] ?? { en: '', zh: '' };
    if (language === 'en' || language === 'zh') row[language] = text;
    table[carrier] = row;
  }
  return table;
}
