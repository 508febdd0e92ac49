// An input file as a stream of chunks: unsealed where it was sealed, unpacked when it is gzip (told by its first bytes).

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createStreamUnseal } from '../../codecs/sealed-stream.ts';
import { remark } from '../../domain/remark.ts';
import { ImportError } from './import-error.ts';

const CHUNK_BYTES = 1 << 18;

export interface InputFile {
  readonly totalBytes: number;
  readonly packed: boolean;
  /** Bytes of the file read so far, packed ones if it is packed. */
  doneBytes(): number;
  readonly chunks: AsyncIterable<Buffer>;
}

export interface InputOptions {
  /** Of a file that was sealed (codecs/sealed-stream.ts). */
  readonly sealKey?: Uint8Array | undefined;
  readonly chunkBytes?: number;
}

export async function openInput(
  path: string,
  { sealKey, chunkBytes = CHUNK_BYTES }: InputOptions = {},
): Promise<InputFile> {
  const { packed, totalBytes } = await inspect(path, sealKey);
  const stream = createReadStream(path, { highWaterMark: chunkBytes });
  const doneBytes = (): number => stream.bytesRead;
  const plain = sealKey === undefined ? stream : through(stream, createStreamUnseal(sealKey));
  if (!packed) return { totalBytes, doneBytes, packed, chunks: plain };
  const unpacked = through(plain, createGunzip({ chunkSize: chunkBytes }));
  return { totalBytes, doneBytes, packed, chunks: readPacked(unpacked) };
}

function through(from: Readable, to: Transform): Transform {
  pipeline(from, to, () => {
    // Errors surface where the last of them is read.
  });
  return to;
}

async function* readPacked(unpacked: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* unpacked;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_'))
      throw new ImportError('the gzip file is damaged or cut off', remark('import_gzip_damaged'), error);
    throw error;
  }
}

async function inspect(
  path: string,
  sealKey: Uint8Array | undefined,
): Promise<{ packed: boolean; totalBytes: number }> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(
      error.code === 'ENOENT' ? `there is no file ${path}` : `cannot read ${path}`,
      undefined,
      error,
    );
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new ImportError('the input is not a regular file');
    const first = Buffer.alloc(2);
    await file.read(first, 0, 2, 0);
    const magic = sealKey === undefined ? first : createStreamUnseal(sealKey).update(first);
    return { packed: magic[0] === 0x1f && magic[1] === 0x8b, totalBytes: stat.size };
  } finally {
    await file.close();
  }
}
