// doctor's look at the data: schemas, logs, master key, accounts, registry; what it says of the ledger is beside it.

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { deriveKey } from '../codecs/key-derivation.ts';
import { type MendCode, type Remark, type RemarkCode, remark } from '../domain/remark.ts';
import { CARRIERS } from '../domain/subscriber.ts';
import { readMasterKey } from '../storage/master-key.ts';
import { readAccountNames } from '../storage/sqlite/accounts/account-names.ts';
import { checkMasterKey } from '../storage/sqlite/accounts/master-check.ts';
import { ACCOUNTS_MIGRATIONS } from '../storage/sqlite/accounts/schema.ts';
import { CODES_MIGRATIONS } from '../storage/sqlite/codes/schema.ts';
import { inspectDatabase } from '../storage/sqlite/inspect-database.ts';
import { isDamage } from '../storage/sqlite/is-damage.ts';
import { CALLS_MIGRATIONS, LEDGER_MIGRATIONS } from '../storage/sqlite/ledger/schema.ts';
import { PEOPLE_MIGRATIONS } from '../storage/sqlite/people/schema.ts';
import { listCarriers } from '../storage/sqlite/registry/list-carriers.ts';
import { countSubscribers, holdsOwnRows } from '../storage/sqlite/registry/list-subscribers.ts';
import { REGISTRY_MIGRATIONS } from '../storage/sqlite/registry/schema.ts';
import { USAGE_VERSION } from '../storage/sqlite/usage/schema.ts';
import { REBUILD_USAGE, RESTORE } from './damaged-file.ts';
import type { Diagnosis, DoctorOptions } from './diagnosis.ts';
import { examineLedger } from './doctor-ledger.ts';
import { isSameZone, timeZoneOf } from './time-zone.ts';

const MEBIBYTE = 1_048_576;
const LARGE_WAL_BYTES = 512 * MEBIBYTE;
const START_ONCE = 'start the server once: it brings the file up to date';

interface Mend {
  readonly mend: string;
  readonly mendCode: MendCode;
}
const RESTORING: Mend = { mend: RESTORE, mendCode: 'restore' };

type Options = DoctorOptions & { readonly serverRuns: boolean };

export function examineData(options: Options): Diagnosis[] {
  const { paths } = options;
  const files = [
    { path: paths.accounts, newest: ACCOUNTS_MIGRATIONS.length, looksAtPages: true },
    { path: paths.ledger, newest: LEDGER_MIGRATIONS.length, looksAtPages: false },
    { path: paths.calls, newest: CALLS_MIGRATIONS.length, looksAtPages: false },
    { path: paths.codes, newest: CODES_MIGRATIONS.length, looksAtPages: true },
    { path: paths.people, newest: PEOPLE_MIGRATIONS.length, looksAtPages: true },
    { path: paths.registry, newest: REGISTRY_MIGRATIONS.length, looksAtPages: false },
  ];
  const found = new Map(files.map((file) => [file.path, examineFile(file)]));
  // What follows reads the files with this program's schema; a file that it cannot read ends only its own checks.
  const unfit = new Set(files.map(({ path }) => path).filter((path) => found.get(path)?.some(isUnfit)));
  const look = (path: string, check: () => Diagnosis[]): Diagnosis[] => {
    if (unfit.has(path)) return [];
    try {
      return check();
    } catch (error) {
      if (!isDamage(error)) throw error;
      unfit.add(path);
      found.set(path, [cannotBeRead(path, error.message)]);
      return [];
    }
  };
  const masterKey = look(paths.accounts, () => [examineMasterKey(options)]);
  const masterKeyFits = masterKey.some(({ level }) => level === 'ok');
  const looks = [
    ...masterKey,
    ...look(paths.accounts, () => [examineAccounts(options)]),
    ...look(paths.registry, () => [examineRegistry(options)]),
    ...look(paths.registry, () => examineIspNames(options)),
    ...look(paths.ledger, () => examineTimeZone(options)),
    ...look(paths.ledger, () => examineLedger({ ...options, masterKeyFits })),
  ];
  const usage = { path: paths.usage, newest: USAGE_VERSION, looksAtPages: false };
  const rebuilding: Mend = { mend: REBUILD_USAGE, mendCode: 'rebuild_usage' };
  return [...[...found.values()].flat(), ...examineFile({ ...usage, mend: rebuilding }), ...looks];
}

function isUnfit({ level, mendCode }: Diagnosis): boolean {
  return level === 'problem' || mendCode === 'start_once';
}

function cannotBeRead(path: string, damage: string, mend: Mend = RESTORING): Diagnosis {
  return {
    ...{ level: 'problem', subject: basename(path), finding: `cannot be read: ${damage}`, ...mend },
    remark: remark('file_damaged', { reason: damage }),
  };
}

function examineFile(file: {
  readonly path: string;
  readonly newest: number;
  readonly looksAtPages: boolean;
  /** Of damage. */
  readonly mend?: Mend;
}): Diagnosis[] {
  const { path, newest, looksAtPages } = file;
  if (!existsSync(path)) return [];
  const subject = basename(path);
  const { schemaVersion, walBytes, damage } = inspectDatabase(path, looksAtPages);
  if (damage !== undefined) return [cannotBeRead(path, damage, file.mend)];
  const schema = (code: RemarkCode) => remark(code, { schema: schemaVersion, known: newest });
  if (schemaVersion > newest) {
    const finding = `has schema ${schemaVersion}, this program knows ${newest}`;
    const mend = 'use the newer program, or restore an older backup';
    return [
      { level: 'problem', subject, finding, mend, remark: schema('schema_newer'), mendCode: 'newer_program' },
    ];
  }
  if (walBytes > LARGE_WAL_BYTES) {
    const finding = `its write-ahead log holds ${Math.floor(walBytes / MEBIBYTE)} MiB`;
    const mend = 'end long readers (exports, backups); the next import or restart folds it back';
    const large = remark('wal_large', { mib: Math.floor(walBytes / MEBIBYTE) });
    return [{ level: 'warning', subject, finding, mend, remark: large, mendCode: 'end_readers' }];
  }
  if (schemaVersion < newest) {
    const finding = `has schema ${schemaVersion}, this program uses ${newest}`;
    const older = schema('schema_older');
    return [{ level: 'warning', subject, finding, mend: START_ONCE, remark: older, mendCode: 'start_once' }];
  }
  return [{ level: 'ok', subject, finding: `schema ${schemaVersion}` }];
}

function examineMasterKey({ paths, configuration }: Options): Diagnosis {
  const subject = 'master key';
  const problem = (finding: string, mend: string, said: Remark, mendCode: MendCode): Diagnosis => ({
    ...{ level: 'problem', subject, finding, mend, remark: said, mendCode },
  });
  try {
    const master = readMasterKey({
      file: paths.masterKey,
      environment: configuration.masterKey,
      command: configuration.masterKeyCommand,
    });
    if (master === undefined)
      return problem(
        'it is missing',
        `put ${paths.masterKey} back, or set LINEPROOF_MASTER_KEY`,
        remark('master_key_missing', { path: paths.masterKey }),
        'put_master_key',
      );
    if (existsSync(paths.accounts) && !checkMasterKey(paths.accounts, deriveKey(master, 'master-check')))
      return problem(
        'it is not the one this data was made with',
        'bring back the right one',
        remark('master_key_other'),
        'right_master_key',
      );
    return { level: 'ok', subject, finding: 'it fits the data' };
  } catch (error) {
    if (isDamage(error)) throw error;
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return problem(reason, 'see above', remark('master_key_unreadable', { reason }), 'see_above');
  }
}

function examineAccounts({ paths }: Options): Diagnosis {
  const subject = 'accounts';
  const count = existsSync(paths.accounts) ? readAccountNames(paths.accounts).accountIds.size : 0;
  if (count > 0) return { level: 'ok', subject, finding: `${count}` };
  return {
    level: 'warning',
    subject,
    finding: 'there is none',
    mend: 'lineproof account create --name NAME',
    remark: remark('accounts_none'),
    mendCode: 'create_account',
  };
}

function examineRegistry({ paths }: Options): Diagnosis {
  const subject = 'registry';
  const mend = { mend: 'lineproof registry import FILE', mendCode: 'import_registry' } as const;
  const rows = existsSync(paths.registry) ? countSubscribers(paths.registry) : 0;
  if (rows === 0)
    return {
      ...{ level: 'warning', subject, finding: 'it is empty: every number is without a record', ...mend },
      remark: remark('registry_empty'),
    };
  if (!holdsOwnRows(paths.registry))
    return {
      ...{ level: 'warning', subject, finding: `its ${rows} rows are invented, for demonstration`, ...mend },
      remark: remark('registry_demonstration', { rows }),
    };
  return { level: 'ok', subject, finding: `${rows} rows` };
}

/** An operator may name carriers freely, so a misspelt one shows only against the records. */
function examineIspNames({ paths, configuration }: Options): Diagnosis[] {
  const carriers = new Set(existsSync(paths.registry) ? listCarriers(paths.registry) : CARRIERS);
  const unused = Object.keys(configuration.ispNames).filter(
    (name) => !carriers.has(name.slice(name.indexOf('.') + 1)),
  );
  return unused.map((name) => ({
    level: 'warning',
    subject: 'settings',
    finding: `isp-names has a row '${name}', but no record names that carrier`,
    mend: 'compare it with the carriers of: lineproof registry stats',
    remark: remark('carrier_unused', { name }),
    mendCode: 'compare_carriers',
  }));
}

function examineTimeZone({ paths, configuration }: Options): Diagnosis[] {
  const kept = timeZoneOf({ paths, configuration });
  const { timeZone } = configuration;
  if (isSameZone(kept, timeZone)) return [];
  return [
    {
      level: 'warning',
      subject: 'settings',
      finding: `the ledger counts its days in ${kept}, the settings say ${timeZone}: serve would refuse them`,
      mend: `set timeZone to ${kept}, or change the ledger's: lineproof ledger time-zone ${timeZone}`,
      remark: remark('time_zone_other', { ledger: kept, settings: timeZone }),
      mendCode: 'set_time_zone',
    },
  ];
}
