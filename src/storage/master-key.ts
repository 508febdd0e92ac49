// The master key: 32 bytes from a file (0600), the environment or a command. Every stored secret hangs on it.

import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { decodeBase64 } from '../codecs/base64.ts';
import type { Random } from '../ports/random.ts';

export const MASTER_KEY_BYTES = 32;
/** More than enough for 32 bytes. */
const BASE64_MAX_LENGTH = 64;
const COMMAND_TIMEOUT_MS = 30_000;
const OTHERS_MAY_READ = 0o077;

/** The key is missing, malformed or readable by others; the message tells the operator what to do. */
export class MasterKeyError extends Error {}

export interface MasterKeySources {
  readonly file: string;
  /** Text of LINEPROOF_MASTER_KEY, hex or Base64. */
  readonly environment: string | undefined;
  /** Printed by this command, hex or Base64. */
  readonly command: string | undefined;
}

/** The configured key, or undefined when there is none yet (only the file is looked for then). */
export function readMasterKey(sources: MasterKeySources): Buffer | undefined {
  if (sources.environment !== undefined) return parseKey(sources.environment, 'LINEPROOF_MASTER_KEY');
  if (sources.command !== undefined) return parseKey(runCommand(sources.command), 'the master key command');
  if (!existsSync(sources.file)) return undefined;
  const { mode } = statSync(sources.file);
  if ((mode & OTHERS_MAY_READ) !== 0) {
    throw new MasterKeyError(`${sources.file} can be read by others: run chmod 600 ${sources.file}`);
  }
  return parseKey(readFileSync(sources.file, 'utf8'), sources.file);
}

/** Writes a new key, or reads the one that another process has just written. */
export function createMasterKeyFile(file: string, random: Random): Buffer {
  const key = random.bytes(MASTER_KEY_BYTES);
  // Linked under its name only when it is whole and on disk: no other process reads half a key, no crash loses it.
  const partial = `${file}.${random.uuid()}`;
  try {
    writeFileSync(partial, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(partial, file);
    syncDirectory(dirname(file));
    return key;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return parseKey(readFileSync(file, 'utf8'), file);
  } finally {
    rmSync(partial, { force: true });
  }
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function runCommand(command: string): string {
  try {
    return execFileSync('/bin/sh', ['-c', command], {
      encoding: 'utf8',
      timeout: COMMAND_TIMEOUT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    // The command and its output may hold the key: neither is repeated.
    throw new MasterKeyError('the master key command failed');
  }
}

function parseKey(text: string, from: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-fA-F]{64}$/.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : decodeBase64(trimmed, BASE64_MAX_LENGTH);
  if (key?.length !== MASTER_KEY_BYTES) {
    throw new MasterKeyError(`${from} does not hold ${MASTER_KEY_BYTES} bytes in hex or Base64`);
  }
  return key;
}
