// What a backup consists of: the files by name, with size and SHA-256, so that restore can tell a damaged or foreign one.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Remark } from '../domain/remark.ts';

/** The backup cannot be used; the message says why. */
export class BackupError extends Error {
  readonly remark: Remark | undefined;

  constructor(message: string, remark?: Remark) {
    super(message);
    this.remark = remark;
  }
}

export interface BackedUpFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BackupManifest {
  readonly format: 1;
  readonly createdAt: string;
  readonly files: readonly BackedUpFile[];
}

const MANIFEST_NAME = 'manifest.json';
const MANIFEST_MAX_BYTES = 65_536;
const CHUNK_BYTES = 1_048_576;

export function describeFile(directory: string, name: string): BackedUpFile {
  const path = join(directory, name);
  return { name, bytes: statSync(path).size, sha256: hashFile(path) };
}

export function writeManifest(directory: string, manifest: BackupManifest): void {
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  writeFileSync(join(directory, MANIFEST_NAME), text, { mode: 0o600, flag: 'wx', flush: true });
}

/** Throws BackupError where there is none that can be read; compares nothing. */
export function readManifest(directory: string): BackupManifest {
  const path = join(directory, MANIFEST_NAME);
  if (!existsSync(path)) throw new BackupError(`${directory} holds no backup: there is no ${MANIFEST_NAME}`);
  return parseManifest(path);
}

/** Reads the manifest and compares every file with it; `known` are the names that a backup may hold. */
export function readCheckedManifest(
  directory: string,
  known: readonly string[],
  onProgress?: (what: 'checking', done: number, total: number) => void,
): BackupManifest {
  const path = join(directory, MANIFEST_NAME);
  const manifest = readManifest(directory);
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const { name, bytes, sha256 } of manifest.files) {
    if (!known.includes(name)) throw new BackupError(`${path} names a file that is no part of a backup`);
    const file = join(directory, name);
    if (!existsSync(file)) throw new BackupError(`${file} is missing`);
    if (
      statSync(file).size !== bytes ||
      hashFile(file, (hashed) => onProgress?.('checking', before + hashed, total)) !== sha256
    )
      throw new BackupError(`${file} is not the file that was backed up`);
    before += bytes;
  }
  return manifest;
}

function parseManifest(path: string): BackupManifest {
  const refuse = (why: string): never => {
    throw new BackupError(`${path} ${why}`);
  };
  if (statSync(path).size > MANIFEST_MAX_BYTES) refuse('is too large');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    refuse('is not JSON');
  }
  const { format, files } = (content ?? {}) as Partial<BackupManifest>;
  if (format !== 1) refuse('was written by another version of this program');
  if (!Array.isArray(files) || !files.every(isFile)) refuse('is not a manifest');
  return content as BackupManifest;
}

function isFile(value: unknown): value is BackedUpFile {
  const { name, bytes, sha256 } = (value ?? {}) as Partial<BackedUpFile>;
  return typeof name === 'string' && Number.isSafeInteger(bytes) && typeof sha256 === 'string';
}

function hashFile(path: string, onBytes?: (hashed: number) => void): string {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let hashed = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
      hashed += read;
      onBytes?.(hashed);
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
