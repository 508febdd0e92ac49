// What is wrong with a data directory and its settings, and how to mend it. Changes nothing.

import { existsSync, statfsSync } from 'node:fs';
import { listWeakSettings } from '../config/load.ts';
import type { Configuration } from '../config/options.ts';
import { describeUnknownSetting, findUnknownSettings } from '../config/unknown-settings.ts';
import { remark } from '../domain/remark.ts';
import type { Clock } from '../ports/clock.ts';
import { probePort } from '../server/probe-port.ts';
import { readLockHolder } from '../storage/sqlite/serve-lock.ts';
import type { Diagnosis, DoctorOptions } from './diagnosis.ts';
import { examineData } from './doctor-data.ts';
import { examineTls } from './doctor-tls.ts';
import { explainListening } from './mend-listening.ts';
import { findOpenFiles } from './open-files.ts';

const MEBIBYTE = 1_048_576;
const LEAST_FREE_BYTES = 256 * MEBIBYTE;
const LITTLE_FREE_BYTES = 2048 * MEBIBYTE;
/** This program is younger than any right clock. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

export async function examine(options: DoctorOptions): Promise<readonly Diagnosis[]> {
  const { paths, configuration, clock, environment } = options;
  if (!existsSync(paths.directory)) {
    return [
      {
        level: 'problem',
        subject: 'data directory',
        finding: `${paths.directory} does not exist`,
        mend: 'check --data, or make it with: lineproof serve --first-run, or account create',
        remark: remark('directory_missing', { path: paths.directory }),
        mendCode: 'make_directory',
      },
    ];
  }
  // In the serving process itself, opening the lock's file and closing it would give the lock back.
  const server = options.servedBy ?? readLockHolder(paths.serveLock);
  return [
    ...examineModes(paths.directory),
    examineSpace(paths.directory),
    examineClock(clock),
    ...examineData({ ...options, serverRuns: server !== undefined }),
    await examinePort(configuration, server),
    ...examineTls(configuration, clock),
    ...listWeakSettings(configuration).map(
      (weak): Diagnosis => ({ level: 'warning', subject: 'settings', ...weak }),
    ),
    ...examineEnvironment(environment),
  ];
}

function examineEnvironment(environment: DoctorOptions['environment']): Diagnosis[] {
  return findUnknownSettings(environment).map((unknown) => ({
    level: 'warning',
    subject: 'settings',
    finding: describeUnknownSetting(unknown),
    mend: `rename ${unknown.variable}, or take it away: lineproof serve --help lists the settings`,
    remark: remark(unknown.nearest === undefined ? 'setting_unknown' : 'setting_misspelt', { ...unknown }),
    mendCode: 'rename_setting',
  }));
}

function examineModes(directory: string): Diagnosis[] {
  const open = findOpenFiles(directory);
  if (open.length === 0) return [{ level: 'ok', subject: 'file modes', finding: 'only the owner may read' }];
  return open.map((path) => ({
    level: 'problem',
    subject: 'file modes',
    finding: `${path} is open to other users`,
    mend: `chmod go-rwx '${path}'`,
    remark: remark('file_open', { path }),
    mendCode: 'close_file',
  }));
}

function examineSpace(directory: string): Diagnosis {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  const freeMib = Math.floor(free / MEBIBYTE);
  const finding = `${freeMib} MiB free`;
  const short = {
    ...{ subject: 'disk space', finding, remark: remark('disk_space', { mib: freeMib }) },
    mend: 'free space on this disk: a full disk refuses every charged call',
    mendCode: 'free_disk',
  } as const;
  if (free < LEAST_FREE_BYTES) return { level: 'problem', ...short };
  if (free < LITTLE_FREE_BYTES) return { level: 'warning', ...short };
  return { level: 'ok', subject: 'disk space', finding };
}

function examineClock(clock: Clock): Diagnosis {
  const nowMs = clock.nowMs();
  const finding = `it is ${new Date(nowMs).toISOString()}`;
  if (nowMs >= EARLIEST_MS) return { level: 'ok', subject: 'clock', finding };
  return {
    level: 'problem',
    subject: 'clock',
    finding,
    mend: 'set the clock (NTP): signatures are refused when it is minutes off',
    remark: remark('clock', { time: new Date(nowMs).toISOString() }),
    mendCode: 'set_clock',
  };
}

async function examinePort({ host, port }: Configuration, server: number | undefined): Promise<Diagnosis> {
  const subject = 'port';
  if (server !== undefined)
    return { level: 'ok', subject, finding: `process ${server} serves this directory` };
  const refused = port === 0 ? undefined : await probePort(host, port);
  if (refused === undefined) return { level: 'ok', subject, finding: `${host}:${port} is free` };
  return {
    level: 'problem',
    subject,
    finding: `a server could not listen on ${host}:${port} (${refused})`,
    ...explainListening(refused, { host, port }),
  };
}
