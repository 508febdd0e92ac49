// Files of subscriber records that an operator sends to a running server: kept sealed for a while, looked into, and
// imported by a job.

import type { Remark } from '../domain/remark.ts';
import type { Job } from './jobs.ts';

/** Whether a cell holds something, and something that is accepted; never what. */
export type CellPresence = 'present' | 'absent' | 'invalid';

/** A row as it would be read. What is not accepted of it is undefined. */
export interface PreviewedRow {
  /** From 1, the names of the columns included. */
  readonly line: number;
  /** Masked. */
  readonly number: string | undefined;
  readonly status: string | undefined;
  /** A day, such as '2026-11-21'. */
  readonly activatedOn: string | undefined;
  readonly carrier: string | undefined;
  readonly asOf: string | undefined;
  readonly name: CellPresence;
  readonly idCard: CellPresence;
  /** The reason of an import; undefined when the row is accepted. */
  readonly rejected: string | undefined;
}

export interface FilePreview {
  readonly format: 'csv' | 'ndjson';
  readonly gzip: boolean;
  /** In their order; of NDJSON the keys of the previewed rows. */
  readonly columns: readonly { readonly name: string; readonly known: boolean }[];
  /** Columns of an import that are not there. */
  readonly missing: readonly string[];
  readonly rows: readonly PreviewedRow[];
}

export interface RegistryUpload extends FilePreview {
  /** A UUID. */
  readonly id: string;
  readonly bytes: number;
  /** The registry holds invented rows, which any import takes away. */
  readonly demonstration: boolean;
}

/** The message says what is wrong, without anything of the file's rows. */
export type RegistryUploadErrorCode = 'invalid' | 'too_large' | 'conflict' | 'not_found' | 'unavailable';

export class RegistryUploadError extends Error {
  readonly code: RegistryUploadErrorCode;

  /** The message for readers of other languages. */
  readonly remark: Remark | undefined;

  constructor(code: RegistryUploadErrorCode, message: string, remark?: Remark) {
    super(message);
    this.name = 'RegistryUploadError';
    this.code = code;
    this.remark = remark;
  }
}

/** `actor` is who acts, for the audit log. `region` is that of numbers without a country code. */
export interface RegistryUploads {
  /** Throws RegistryUploadError and keeps nothing when the file cannot be taken or imported. In the audit log. */
  receive(
    actor: string,
    body: { readonly chunks: AsyncIterable<Uint8Array>; readonly declaredBytes: number | undefined },
    region: string,
  ): Promise<RegistryUpload>;
  /** Removes a file that nobody imports. */
  discard(actor: string, uploadId: string): Promise<void>;
  /** Starts the job; the file is removed when it ends, however it does. Throws RegistryUploadError and JobError. */
  import(
    actor: string,
    uploadId: string,
    how: { readonly replace: boolean; readonly region: string },
  ): Promise<Job>;
  /** The list of rejected rows of an import that is done: line, reason, field. Throws when there is none. */
  rejectedOf(jobId: string): AsyncIterable<string>;
}
