// The management calls put together: rows of every part, who may make them, and what is kept of each.

import { ACTIONS } from '../actions/index.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import type { Execute } from '../core/execute.ts';
import { FAULTS, Fault } from '../domain/fault.ts';
import { createLastUses } from '../management/accounts/last-uses.ts';
import { createUsedCalls } from '../management/accounts/used-calls.ts';
import { type Api, createApiCatalogue } from '../management/api-catalogue.ts';
import type { ExplorerContext } from '../management/explorer/context.ts';
import type { SourceState } from '../management/operator-sources.ts';
import { MANAGEMENT_ERRORS, ManagementError, type RouteDefinition } from '../management/route.ts';
import { createManagementTable } from '../management/routes.ts';
import type { Shelf } from '../management/verifications/context.ts';
import { LINEPROOF_FACE } from '../management/verifications/face.ts';
import { createUrlJudge } from '../outbound/judge-url.ts';
import { type AccountDesk, DeskError } from '../ports/account-desk.ts';
import type { Account, AccountDirectory } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { LedgerView } from '../ports/ledger-view.ts';
import type { Random } from '../ports/random.ts';
import type { RegistryUploads } from '../ports/registry-uploads.ts';
import type { SubscriberLookup } from '../ports/subscriber-store.ts';
import type { Latencies, Usage } from '../ports/usage.ts';
import { createCallerReader } from '../server/caller-address.ts';
import type { FailureLog } from '../server/failure-log.ts';
import { type AnswerInside, createInsideCalls } from '../server/inside-calls.ts';
import type { WebServer } from '../server/listen.ts';
import type { Log } from '../server/log.ts';
import { addManagementRoutes, type ManagementRecord } from '../server/management-routes.ts';
import type { Metrics } from '../server/metrics.ts';
import { addOpenApiRoute } from '../server/openapi-route.ts';
import { readAccountNames } from '../storage/sqlite/accounts/account-names.ts';
import { openPublicNames } from '../storage/sqlite/accounts/public-names.ts';
import { backupShelf, listBackups } from './backup-shelf.ts';
import { createCallMeasure } from './call-measure.ts';
import type { CodeOffice } from './codes.ts';
import { definePath, describeApi } from './openapi.ts';
import { openPeopleOffice } from './people.ts';
import { createRangeDesk, type RangeDeskOptions } from './range-desk.ts';
import { WIRE_APIS } from './usage.ts';

export interface ManagementOfOptions {
  readonly paths: DataPaths;
  readonly configuration: Configuration;
  readonly master: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  readonly directory: Pick<AccountDirectory, 'findToken'>;
  readonly desk: AccountDesk;
  readonly lookup: SubscriberLookup & { presence(): SourceState };
  readonly ranges: RangeDeskOptions['ranges'];
  readonly usage: Usage & LedgerView & Latencies;
  readonly jobs: Jobs;
  readonly uploads: RegistryUploads;
  readonly codes: CodeOffice;
  /** The pipeline, for the calls that go through it. */
  readonly execute: Execute;
  readonly sandbox: Shelf;
  readonly metrics: Pick<Metrics, 'measure'>;
  /** Of our own calls it makes those that it is given. */
  readonly createExplorer: (
    answerInside: AnswerInside,
  ) => Omit<ExplorerContext, 'desk' | 'throttle' | 'accountsOf'>;
  readonly log: Log;
  readonly failures: FailureLog;
  /** Mails where there is no mail server, for a person at the terminal. */
  readonly showMail: (text: string) => void;
}

const MINUTE_SECONDS = 60;

export async function openManagement(options: ManagementOfOptions) {
  const { paths, configuration, clock, random, directory, desk, usage, lookup, failures } = options;
  const readCaller = createCallerReader(configuration.trustedProxies);
  const catalogue = createApiCatalogue(ACTIONS, WIRE_APIS);
  const people = await openPeopleOffice({
    ...options,
    async openAccount({ name, personId }) {
      const { accountId } = await desk.openAccount(`person:${personId}`, name);
      return { accountId };
    },
    print: options.showMail,
    onMailFailure: (reason) => failures.report('a mail could not be sent', { reason }),
  });
  const names = openPublicNames(paths.accounts, 'credential_id');
  const wire = {
    profile: configuration.acedataProfile === 'current' ? 'current' : 'seed',
    identityCodes: configuration.acedataIdentityCodes === 'tencent' ? 'tencent' : 'published',
  } as const;
  const shelf = backupShelf(paths, configuration);
  const accounts = {
    ...{ desk, catalogue, actions: ACTIONS, freeQuota: configuration.freeQuota },
    usedCalls: createUsedCalls(usage, catalogue),
    lastUses: createLastUses(usage),
    definitionOf: ({ path }: Api) => definePath(path, routes, wire),
  };
  const routes: readonly RouteDefinition[] = createManagementTable({
    accounts,
    usage: {
      usage,
      ledger: usage,
      jobs: options.jobs,
      noteAct: desk.noteAct,
      names,
      catalogue,
      timeZone: configuration.timeZone,
    },
    explorer: {
      ...options.createExplorer((call) => answerInside(call)),
      throttle: people.throttle,
      accountsOf: (accountId) => desk.accountsOf(accountId),
    },
    people: people.routes,
    verifications: {
      ...{ execute: options.execute, actions: ACTIONS, noteAct: desk.noteAct },
      ...{ verifications: options.codes.verifications, sandbox: options.sandbox },
      findShown: options.codes.findShown,
      templates: templateLimitsOf(configuration),
      webhooks: options.codes.webhooks,
      takeReceipt: options.codes.takeReceipt,
      sandboxTwinOf: names.sandboxTwinOf,
      mayCallWebhook: createUrlJudge(configuration.webhookNetworks),
    },
    operator: {
      ranges: createRangeDesk({
        ...{ clock, noteAct: desk.noteAct },
        path: paths.registry,
        ranges: options.ranges,
      }),
      rangesMaxBytes: configuration.managementRangesMaxBytes,
      ...{ lookup, region: configuration.region, nowMs: clock.nowMs },
      ...{ jobs: options.jobs, uploads: options.uploads },
      ...{ people: people.store, tellTotpRemoved: people.tellTotpRemoved, told: configuration },
      ledger: { view: usage, names: () => readAccountNames(paths.accounts) },
      backups: { directory: shelf, list: () => listBackups(paths, shelf) },
      sources: [
        { name: 'registry', state: () => lookup.presence() },
        { name: 'sandbox', state: () => 'present' },
      ],
      messages: {
        health: options.codes.health,
        mail: people.mailStatistics,
        shownMails: people.shownMails,
      },
    },
  });

  const record = createRecorder(options);
  const answerInside = createInsideCalls({ routes, record });

  return {
    addTo(server: WebServer['routes']): void {
      addOpenApiRoute(server, () => describeApi(routes, wire));
      addManagementRoutes(server, {
        routes,
        sources: {
          findSession: people.findSession,
          findPlatformToken: people.findPlatformToken,
          directory,
          findAccount: (accountId) => findAccount(desk, accountId),
          findOperator: (token) => desk.findOperator(token),
          findOperatorSession: (value) => desk.findOperatorSession(value),
        },
        readCaller,
        clock,
        random,
        bodyMaxBytes: configuration.managementBodyMaxBytes,
        queryMaxLength: configuration.managementQueryMaxLength,
        callsMax: configuration.managementCallsMax,
        stalledMs: configuration.managementStalledMs,
        countChange: people.countChange,
        record,
      });
    },
    async close() {
      await people.close();
      names.close();
    },
  };
}

function findAccount(desk: AccountDesk, accountId: string): Account | undefined {
  try {
    return desk.account(accountId);
  } catch (error) {
    if (error instanceof DeskError && error.code === 'not_found') return undefined;
    throw error;
  }
}

function templateLimitsOf(configuration: Configuration) {
  const { verifyCodeAlphabet, verifyCodeLength, verifyCodeSeconds } = configuration;
  const repeated = verifyCodeAlphabet.repeat(Math.ceil(verifyCodeLength / verifyCodeAlphabet.length));
  return {
    segmentsMax: configuration.verifyTemplateSegments,
    perAccountMax: configuration.templatesPerAccount,
    sampleCode: repeated.slice(0, verifyCodeLength),
    minutes: String(Math.ceil(verifyCodeSeconds / MINUTE_SECONDS)),
  };
}

/** The row's name stands for the address, which may hold ids. */
function createRecorder({ log, configuration, failures, ...options }: ManagementOfOptions) {
  const { logRequests } = configuration;
  const common = { ...options, log, logRequests };
  const measure = createCallMeasure({ ...common, protocol: 'management' });
  const measureCall = createCallMeasure({
    ...common,
    protocol: LINEPROOF_FACE.name,
    latencies: options.usage,
  });
  return ({ route, error, ...call }: ManagementRecord): void => {
    const action = route?.name ?? '';
    const { requestId } = call;
    if (error !== undefined && isDefect(error, call.result))
      log.error({ requestId, action, err: error }, 'a management call met a defect');
    const fault = error instanceof ManagementError && error.cause instanceof Fault ? error.cause : undefined;
    if (fault !== undefined && FAULTS[fault.code].blame === 'us' && fault.cause !== undefined)
      failures.report('a call could not be served', { requestId, err: fault });
    const result = fault?.code ?? call.result;
    const kind = error === undefined ? 'outcome' : 'fault';
    (route?.metered === true ? measureCall : measure)({ ...call, action, kind, result });
  };
}

function isDefect(error: unknown, result: string): boolean {
  return (
    result === 'internal' && !(error instanceof ManagementError && MANAGEMENT_ERRORS[error.code].status < 500)
  );
}
