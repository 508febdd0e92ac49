// The request path's view of keys: loaded when first asked for, compared with its rows when another connection has changed
// the file, and the same object as long as they say the same: what is derived from it is kept through changes of others. The
// file is asked for changes at most once in a few milliseconds: no person can tell, and asking at every call would cost
// as much as checking a signature.

import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { open } from '../../../codecs/sealed-box.ts';
import { Fault } from '../../../domain/fault.ts';
import type { AccountDirectory, ApiKey, FoundToken } from '../../../ports/accounts.ts';
import type { Clock } from '../../../ports/clock.ts';
import { CAP_COLUMNS, createAccountReader } from './account-rows.ts';
import { restrictionOf } from './key-rows.ts';
import { type Prices, readPriceOverrides } from './price-overrides.ts';
import { openAccountsFile } from './schema.ts';

export interface AccountDirectoryOptions {
  readonly path: string;
  readonly secretEnvelopeKey: Buffer;
  /** Keys held in memory at most. */
  readonly cachedKeysMax: number;
  readonly clock: Clock;
}

const CHECK_EVERY_MS = 2;

interface Held {
  readonly key: ApiKey;
  readonly row: Readonly<Record<string, unknown>>;
  /** When its rows were last seen to say this. */
  generation: number;
}

export interface OpenAccountDirectory extends AccountDirectory {
  /** Has any account a usage cap now? */
  hasCaps(): boolean;
  /** Prices set over the configured ones, which are given; the same object while nothing changes. */
  prices(configured: Prices): Prices;
  /** Is any usable key limited in calls or money? */
  hasKeyLimits(): boolean;
  /** This process has changed the file: that holds at the next call, not in a few milliseconds. */
  lookAgain(): void;
  /** Tries to read. */
  isReadable(): boolean;
  close(): void;
}

export function openAccountDirectory(options: AccountDirectoryOptions): OpenAccountDirectory {
  const database = openAccountsFile(options.path);
  const accounts = createAccountReader(database);
  const findRow = database.prepare(`SELECT * FROM api_keys WHERE secret_id = ? AND state = 'enabled'`);
  const dataVersion = database.prepare('PRAGMA data_version');
  const findToken = database.prepare('SELECT secret_id, state FROM api_keys WHERE token_hash = ?');
  /** By hashed token. */
  const secretIds = new Map<string, string>();
  const keys = new Map<string, Held>();
  /** Counts the changes of the file that were seen. */
  let generation = 0;
  let priceList: Prices | undefined;
  let seenVersion: unknown;
  let checkedMs = Number.NEGATIVE_INFINITY;

  function lookAgain(): void {
    checkedMs = Number.NEGATIVE_INFINITY;
  }

  function checkForChanges(): void {
    const nowMs = options.clock.nowMs();
    // A clock that was set back has not stood still.
    if (Math.abs(nowMs - checkedMs) < CHECK_EVERY_MS) return;
    checkedMs = nowMs;
    const version = dataVersion.get()?.data_version;
    if (version === seenVersion) return;
    generation += 1;
    secretIds.clear();
    priceList = undefined;
    seenVersion = version;
  }

  /** What is held already, when its rows have not changed since. */
  function load(secretId: string, held: Held | undefined): Held | undefined {
    const row = findRow.get(secretId);
    const account = row === undefined ? undefined : accounts.byRowId(Number(row.account));
    if (row === undefined || account === undefined) return undefined;
    if (held !== undefined && isDeepStrictEqual([held.row, held.key.account], [row, account])) {
      held.generation = generation;
      return held;
    }
    const secret = open(options.secretEnvelopeKey, row.sealed_secret as Uint8Array, `secret-key:${secretId}`);
    if (secret === undefined) throw new Error('a sealed secret does not open under this master key');
    const key = {
      id: Number(row.id),
      secretId,
      account,
      secretKey: secret.toString('utf8'),
      restriction: restrictionOf(row),
    };
    return { key, row, generation };
  }

  function find(secretId: string): ApiKey | undefined {
    checkForChanges();
    const held = keys.get(secretId);
    if (held?.generation === generation) return held.key;
    const loaded = load(secretId, held);
    if (loaded === undefined) keys.delete(secretId);
    else if (loaded !== held) {
      if (held === undefined && keys.size >= options.cachedKeysMax) keys.clear();
      keys.set(secretId, loaded);
    }
    return loaded?.key;
  }

  /** Hashed tokens have 256 random bits: finding one by index tells nothing through its time. */
  function findByToken(token: string): FoundToken {
    // In one step: an object for each call would cost more than the hash, and the collector later.
    const name = hash('sha256', token, 'base64');
    checkForChanges();
    const known = secretIds.get(name);
    const row = known === undefined ? findToken.get(Buffer.from(name, 'base64')) : undefined;
    if (known === undefined && (row === undefined || row.state === 'revoked')) return { kind: 'unknown' };
    if (row?.state === 'disabled') return { kind: 'disabled' };
    const secretId = known ?? String(row?.secret_id);
    const key = find(secretId);
    if (key === undefined) return { kind: 'unknown' };
    if (hasExpired(key)) return { kind: 'expired' };
    if (known === undefined) {
      if (secretIds.size >= options.cachedKeysMax) secretIds.clear();
      secretIds.set(name, secretId);
    }
    return { kind: 'key', key };
  }

  /** Asked at each call: a key that is in memory expires there. */
  function hasExpired({ restriction }: ApiKey): boolean {
    const expiresAtMs = restriction?.expiresAtMs;
    return expiresAtMs !== undefined && options.clock.nowMs() >= expiresAtMs;
  }

  function findUsable(secretId: string): ApiKey | undefined {
    const key = find(secretId);
    return key === undefined || hasExpired(key) ? undefined : key;
  }

  function orUnavailable<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw isOfDatabase(error) ? new Fault('storage_unavailable', {}, error) : error;
    }
  }

  return {
    findKey: (secretId) => orUnavailable(() => findUsable(secretId)),
    findToken: (token) => orUnavailable(() => findByToken(token)),
    lookAgain,
    isReadable() {
      try {
        findRow.get('');
        return true;
      } catch {
        return false;
      }
    },
    hasCaps: () => accounts.all().some(({ caps }) => caps !== undefined),
    prices(configured) {
      orUnavailable(checkForChanges);
      priceList ??= orUnavailable(() => ({ ...configured, ...readPriceOverrides(database) }));
      return priceList;
    },
    hasKeyLimits: () =>
      database
        .prepare(
          `SELECT 1 FROM api_keys WHERE state <> 'revoked' AND
             coalesce(calls_max, ${Object.values(CAP_COLUMNS).join(', ')}) IS NOT NULL LIMIT 1`,
        )
        .get() !== undefined,
    close() {
      database.close();
    },
  };
}

function isOfDatabase(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR';
}
