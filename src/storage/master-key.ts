// The master key: 32 bytes from a file (0600), the environment or a command. Every stored secret hangs on it.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Random } from '../ports/random.ts';

export const MASTER_KEY_BYTES = 32;
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

/** Writes a new key; fails when the file exists. */
export function createMasterKeyFile(file: string, random: Random): Buffer {
  const key = random.bytes(MASTER_KEY_BYTES);
  writeFileSync(file, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  return key;
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
    : Buffer.from(trimmed, 'base64');
  if (key.length !== MASTER_KEY_BYTES) {
    throw new MasterKeyError(`${from} does not hold ${MASTER_KEY_BYTES} bytes in hex or Base64`);
  }
  return key;
}
