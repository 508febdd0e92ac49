// The directory of files that operators sent for a while: each sealed under a key that exists in memory only, so that one
// that a killed server left behind can be read by nobody, and is removed at the next start.

import { chmodSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createStreamSeal } from '../codecs/sealed-stream.ts';

/** 'too_large': more than was allowed. 'broken_off': the sender left. 'unwritten': the disk did not take it. */
export type UploadFailure = 'too_large' | 'broken_off' | 'unwritten';

export class UploadFailedError extends Error {
  readonly failure: UploadFailure;

  constructor(failure: UploadFailure, cause?: unknown) {
    super(failure, { cause });
    this.name = 'UploadFailedError';
    this.failure = failure;
  }
}

export interface UploadArea {
  readonly directory: string;
  pathOf(name: string): string;
  /** Bytes of the disk that are free. */
  freeBytes(): number;
  /** Answers how many bytes came. Throws UploadFailedError, and leaves no file then. */
  write(name: string, key: Uint8Array, chunks: AsyncIterable<Uint8Array>, bytesMax: number): Promise<number>;
  remove(name: string): void;
  /** Removes everything. */
  clear(): void;
}

const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

export function openUploadArea(dataDirectory: string): UploadArea {
  const directory = join(dataDirectory, 'registry-uploads');
  const pathOf = (name: string): string => join(directory, name);
  const remove = (name: string): void => rmSync(pathOf(name), { force: true });

  async function writeAll(
    path: string,
    key: Uint8Array,
    chunks: AsyncIterable<Uint8Array>,
    bytesMax: number,
  ): Promise<number> {
    const seal = createStreamSeal(key);
    const file = await open(path, 'wx', FILE_MODE).catch(failWith('unwritten'));
    let bytes = 0;
    try {
      const coming = chunks[Symbol.asyncIterator]();
      for (;;) {
        const { done, value } = await coming.next().catch(failWith('broken_off'));
        if (done === true) return bytes;
        bytes += value.length;
        if (bytes > bytesMax) throw new UploadFailedError('too_large');
        await file.appendFile(seal.update(value)).catch(failWith('unwritten'));
      }
    } finally {
      await file.close();
    }
  }

  return {
    directory,
    pathOf,
    freeBytes() {
      const { bavail, bsize } = statfsSync(dataDirectory);
      return bavail * bsize;
    },
    async write(name, key, chunks, bytesMax) {
      mkdirSync(directory, { recursive: true, mode: DIRECTORY_MODE });
      chmodSync(directory, DIRECTORY_MODE);
      try {
        return await writeAll(pathOf(name), key, chunks, bytesMax);
      } catch (error) {
        remove(name);
        throw error;
      }
    },
    remove,
    clear: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function failWith(failure: UploadFailure): (cause: unknown) => never {
  return (cause) => {
    throw new UploadFailedError(failure, cause);
  };
}
