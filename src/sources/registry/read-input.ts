// An input file as a stream of chunks, unpacked when it is gzip (told by its first bytes).

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ImportError } from './import-error.ts';

const CHUNK_BYTES = 1 << 18;

export interface InputFile {
  readonly totalBytes: number;
  /** Bytes of the file read so far, packed ones if it is packed. */
  doneBytes(): number;
  readonly chunks: AsyncIterable<Buffer>;
}

export async function openInput(path: string): Promise<InputFile> {
  const { packed, totalBytes } = await inspect(path);
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const doneBytes = (): number => stream.bytesRead;
  if (!packed) return { totalBytes, doneBytes, chunks: stream };
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  pipeline(stream, unpacked, () => {
    // Errors surface in the iteration below.
  });
  return { totalBytes, doneBytes, chunks: readPacked(unpacked) };
}

async function* readPacked(unpacked: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* unpacked;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_')) throw new ImportError('the gzip file is damaged or cut off', error);
    throw error;
  }
}

async function inspect(path: string): Promise<{ packed: boolean; totalBytes: number }> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(
      error.code === 'ENOENT' ? `there is no file ${path}` : `cannot read ${path}`,
      error,
    );
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new ImportError('the input is not a regular file');
    const magic = Buffer.alloc(2);
    await file.read(magic, 0, 2, 0);
    return { packed: magic[0] === 0x1f && magic[1] === 0x8b, totalBytes: stat.size };
  } finally {
    await file.close();
  }
}
