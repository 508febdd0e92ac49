// A registry in a temporary directory: its administration, its source and a clock that a test owns.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistryAdministration, type ImportRequest } from '../../src/app/registry.ts';
import { type DataPaths, dataPaths } from '../../src/config/data-directory.ts';
import { formatCalendarDate } from '../../src/domain/calendar-date.ts';
import { parseIdCard } from '../../src/domain/id-card.ts';
import { parseMsisdn } from '../../src/domain/msisdn.ts';
import { parsePersonName } from '../../src/domain/person-name.ts';
import type { SubscriberRecord } from '../../src/domain/subscriber.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Question } from '../../src/ports/source.ts';
import { createRegistrySource } from '../../src/sources/registry/create-registry-source.ts';
import { openSubscriberLookup } from '../../src/storage/sqlite/registry/open-subscriber-lookup.ts';

export const KEY = Buffer.alloc(32, 7);
export const HEADER = 'msisdn,status,activated_on,carrier,name,id_card,as_of\n';

/** Time stands still until `pass`. */
export interface ManualClock extends Clock {
  pass(ms: number): Promise<void>;
}

export function createManualClock(): ManualClock {
  let nowMs = Date.UTC(2026, 10, 21, 4);
  let sleepers: { atMs: number; wake: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ atMs: nowMs + delayMs, wake: resolve });
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    async pass(ms) {
      nowMs += ms;
      const due = sleepers.filter(({ atMs }) => atMs <= nowMs);
      sleepers = sleepers.filter(({ atMs }) => atMs > nowMs);
      for (const { wake } of due) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export interface RegistryBench {
  readonly directory: string;
  readonly paths: DataPaths;
  readonly clock: ManualClock;
  readonly administration: ReturnType<typeof createRegistryAdministration>;
  /** Writes the text to a file and imports it. */
  import(
    content: string | Uint8Array,
    request?: Partial<ImportRequest>,
  ): ReturnType<ReturnType<typeof createRegistryAdministration>['import']>;
  /** Asks as a server does, after its snapshot was renewed. */
  ask(msisdn: string, name?: string, idCard?: string): Promise<SubscriberRecord | undefined>;
  /** The record in short: 'normal 2020-01-01 mobile 2026-11-21', with matches when they were asked for. */
  show(msisdn: string, name?: string, idCard?: string): Promise<string>;
  close(): void;
}

export function openRegistryBench(): RegistryBench {
  const directory = mkdtempSync(join(tmpdir(), 'lineproof-registry-'));
  const paths = dataPaths(join(directory, 'data'));
  const clock = createManualClock();
  const options = { paths, clock, timeZone: 'Asia/Shanghai', region: 'CN', tenureMonths: [0, 3, 6, 12, 24] };
  const administration = createRegistryAdministration(options);
  const lookup = openSubscriberLookup({ path: paths.registry, clock });
  const source = createRegistrySource({ lookup, blindIndexKey: KEY });

  async function ask(msisdn: string, name?: string, idCard?: string): Promise<SubscriberRecord | undefined> {
    await clock.pass(1000);
    const question: Record<string, unknown> = { msisdn: parseMsisdn(msisdn, 'CN') };
    if (name !== undefined) question.name = parsePersonName(name);
    if (idCard !== undefined) question.idCard = parseIdCard(idCard);
    return source.ask(question as unknown as Question);
  }

  return {
    directory,
    paths,
    clock,
    administration,
    async import(content, request = {}) {
      // A serving process renews its snapshot by itself; one that stood still would keep the log from being emptied.
      await clock.pass(1000);
      const input = join(directory, 'input.csv');
      writeFileSync(input, content);
      return administration.import({ input, blindIndexKey: KEY, ...request });
    },
    ask,
    async show(msisdn, name, idCard) {
      const record = await ask(msisdn, name, idCard);
      if (record === undefined) return 'absent';
      const { status, activatedOn, carrier, asOf, nameMatches, idCardMatches } = record;
      const dates = [activatedOn, asOf].map((date) => (date === undefined ? '-' : formatCalendarDate(date)));
      const shown = [status, dates[0], carrier || '-', dates[1]];
      if (name !== undefined) shown.push(`name:${nameMatches ?? '-'}`);
      if (idCard !== undefined) shown.push(`id:${idCardMatches ?? '-'}`);
      return shown.join(' ');
    },
    close() {
      lookup.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
