// Files of subscriber records that operators send to the running server, from their arrival to the end of their import.
// Nothing of them stays: each is sealed under a key of this process, and removed with its import, on request, or with time.

import { createReadStream } from 'node:fs';
import { STREAM_KEY_BYTES } from '../codecs/sealed-stream.ts';
import type { DataPaths } from '../config/data-directory.ts';
import type { Configuration } from '../config/options.ts';
import { createCalendar } from '../domain/calendar-date.ts';
import type { Clock } from '../ports/clock.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { Random } from '../ports/random.ts';
import {
  RegistryUploadError,
  type RegistryUploadErrorCode,
  type RegistryUploads,
} from '../ports/registry-uploads.ts';
import { ImportError } from '../sources/registry/import-error.ts';
import { previewInput } from '../sources/registry/preview-input.ts';
import { clearImportArea } from '../storage/sqlite/registry/import-area.ts';
import { holdsInventedRows } from '../storage/sqlite/registry/list-subscribers.ts';
import {
  openUploadArea,
  type UploadArea,
  UploadFailedError,
  type UploadFailure,
} from '../storage/upload-area.ts';
import { type RegistryImportInput, registryImport } from './jobs/registry-import.ts';

export interface RegistryUploadsOptions {
  readonly paths: DataPaths;
  readonly configuration: Pick<
    Configuration,
    'timeZone' | 'registryUploadMaxBytes' | 'registryUploadsMax' | 'registryUploadKeptMinutes'
  >;
  readonly clock: Clock;
  readonly random: Random;
  readonly jobs: Jobs;
  readonly blindIndexKey: Uint8Array;
  noteAct(actor: string, act: string, subject: string, before: unknown, after: unknown): Promise<void>;
}

interface Upload {
  readonly id: string;
  readonly key: Buffer;
  state: 'arriving' | 'waiting' | 'importing';
  expiresMs: number;
}

const PREVIEW_ROWS = 10;
const MINUTE_MS = 60_000;
/** A full disk refuses every charged call: this much stays free. */
const LEAST_FREE_BYTES = 256 * 1_048_576;

const FAILURES = {
  too_large: ['too_large', 'The file is larger than may be sent.'],
  broken_off: ['invalid', 'The file did not arrive whole.'],
  unwritten: ['unavailable', 'The file could not be written: look at the disk of the data directory.'],
} as const satisfies Record<UploadFailure, readonly [RegistryUploadErrorCode, string]>;

export function openRegistryUploads(options: RegistryUploadsOptions): RegistryUploads & { close(): void } {
  const { paths, configuration, clock, random, jobs } = options;
  const today = () => createCalendar(configuration.timeZone)(clock.nowMs());
  const area = openUploadArea(paths.directory);
  /** Oldest first. */
  const uploads = new Map<string, Upload>();
  /** Names of files of rejected rows, by job. */
  const rejected = new Map<string, string>();
  const closing = new AbortController();
  area.clear();
  clearImportArea(paths.directory);

  function drop({ id, key }: Upload): void {
    uploads.delete(id);
    area.remove(id);
    key.fill(0);
  }

  async function dropExpired(): Promise<void> {
    while (!closing.signal.aborted) {
      await clock.sleep(MINUTE_MS, closing.signal);
      const nowMs = clock.nowMs();
      for (const upload of uploads.values())
        if (upload.state === 'waiting' && nowMs >= upload.expiresMs) drop(upload);
    }
  }
  // Ends when the sleep is aborted.
  dropExpired().catch(() => {});

  function makeRoom(): void {
    if (uploads.size < configuration.registryUploadsMax) return;
    const oldest = [...uploads.values()].find(({ state }) => state === 'waiting');
    if (oldest === undefined)
      throw new RegistryUploadError(
        'conflict',
        `${uploads.size} files are arriving or being imported, as many as may be: wait until one is done.`,
      );
    drop(oldest);
  }

  function waitingUpload(uploadId: string): Upload {
    const upload = uploads.get(uploadId);
    if (upload === undefined)
      throw new RegistryUploadError('not_found', 'There is no such file: send it once more.');
    if (upload.state !== 'waiting')
      throw new RegistryUploadError('conflict', 'The file is arriving or being imported.');
    return upload;
  }

  return {
    async receive(actor, { chunks, declaredBytes = 0 }, region) {
      makeRoom();
      const upload: Upload = {
        ...{ id: random.uuid(), key: Buffer.from(random.bytes(STREAM_KEY_BYTES)) },
        ...{ state: 'arriving', expiresMs: 0 },
      };
      const { id, key } = upload;
      uploads.set(id, upload);
      try {
        const bytes = await takeFile(
          area,
          upload,
          { chunks, declaredBytes },
          configuration.registryUploadMaxBytes,
        );
        const preview = await previewInput({
          ...{ input: area.pathOf(id), sealKey: key, region, today: today(), rows: PREVIEW_ROWS },
        });
        await options.noteAct(actor, 'registry.upload', 'registry', null, { upload: id, bytes });
        upload.state = 'waiting';
        upload.expiresMs = clock.nowMs() + configuration.registryUploadKeptMinutes * MINUTE_MS;
        return { id, bytes, ...preview, demonstration: holdsInventedRows(paths.registry) };
      } catch (error) {
        drop(upload);
        if (error instanceof ImportError)
          throw new RegistryUploadError('invalid', sentence(error.message), error.remark);
        throw error;
      }
    },

    async discard(actor, uploadId) {
      const upload = waitingUpload(uploadId);
      drop(upload);
      await options.noteAct(actor, 'registry.upload-discard', 'registry', null, { upload: uploadId });
    },

    async import(actor, uploadId, { replace, region }) {
      const upload = waitingUpload(uploadId);
      const rejectedName = `${uploadId}.rejected.csv`;
      let jobId = '';
      upload.state = 'importing';
      try {
        const job = await jobs.start({
          ...{ kind: registryImport.kind, actor, asked: { region, replace } },
          input: {
            ...{ path: area.pathOf(uploadId), sealKey: new Uint8Array(upload.key) },
            ...{ blindIndexKey: new Uint8Array(options.blindIndexKey), region, replace },
            rejectedDirectory: area.directory,
          } satisfies RegistryImportInput,
          onEnd: () => drop(upload),
          onForgotten() {
            rejected.delete(jobId);
            area.remove(rejectedName);
          },
        });
        jobId = job.id;
        rejected.set(jobId, rejectedName);
        return job;
      } catch (error) {
        upload.state = 'waiting';
        throw error;
      }
    },

    rejectedOf(jobId) {
      const { kind, result } = jobs.find(jobId);
      const name = rejected.get(jobId);
      if (kind !== registryImport.kind || result?.rejected_file !== true || name === undefined)
        throw new RegistryUploadError('not_found', 'There is no list of rejected rows of this job.');
      return createReadStream(area.pathOf(name), { encoding: 'utf8' });
    },

    close() {
      closing.abort();
      area.clear();
    },
  };
}

async function takeFile(
  area: UploadArea,
  { id, key }: Upload,
  { chunks, declaredBytes }: { readonly chunks: AsyncIterable<Uint8Array>; readonly declaredBytes: number },
  allowedBytes: number,
): Promise<number> {
  const room = area.freeBytes() - LEAST_FREE_BYTES;
  try {
    if (declaredBytes > allowedBytes) throw new UploadFailedError('too_large');
    if (declaredBytes > room) throw new UploadFailedError('unwritten');
    return await area.write(id, key, chunks, Math.min(allowedBytes, room));
  } catch (error) {
    if (!(error instanceof UploadFailedError)) throw error;
    const [code, message] = FAILURES[error.failure];
    throw new RegistryUploadError(
      code,
      code === 'too_large' ? `${message} The limit is ${Math.min(allowedBytes, room)} bytes.` : message,
    );
  }
}

/** As messages of the calls are written. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
