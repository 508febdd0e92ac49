// Rows of operators about importing subscriber records: send a file, see how its first rows would be read, import it in a
// job, fetch the list of rows that were rejected.

import { Type } from '../core/json-schema.ts';
import { isNumberRegion } from '../domain/msisdn.ts';
import {
  type RegistryUpload,
  RegistryUploadError,
  type RegistryUploadErrorCode,
} from '../ports/registry-uploads.ts';
import { actorOf } from './accounts/context.ts';
import { amongJobs, JOB, STARTING, shapeJob } from './operator-jobs.ts';
import type { OperatorContext } from './operator-routes.ts';
import { defineRoute, ManagementError, type ManagementErrorCode, type RouteDefinition } from './route.ts';

const MEDIA_TYPES = ['text/csv', 'application/x-ndjson', 'application/gzip', 'application/octet-stream'];
const EXAMPLE_ID = '1c6f0a52-7f0e-4d5b-9b51-3f0a2f6f1a10';
const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const PRESENCE = Type.String({ enum: ['present', 'absent', 'invalid'] });
const REGION = Type.Optional(
  Type.String({ maxLength: 2, description: 'Of numbers without a country code, as an ISO 3166 code.' }),
);

const ROW = Type.Object({
  line: Type.Integer(),
  number: Type.Union([Type.String({ description: 'Masked.' }), Type.Null()]),
  ...{ status: NULLABLE_TEXT, activated_on: NULLABLE_TEXT, carrier: NULLABLE_TEXT, as_of: NULLABLE_TEXT },
  ...{ name: PRESENCE, id_card: PRESENCE },
  rejected: Type.Union([Type.String({ description: 'The reason, as an import gives it.' }), Type.Null()]),
});
const UPLOAD = Type.Object({
  id: Type.String(),
  bytes: Type.Integer(),
  format: Type.String({ enum: ['csv', 'ndjson'] }),
  gzip: Type.Boolean(),
  columns: Type.Array(Type.Object({ name: Type.String(), known: Type.Boolean() }), {
    description: 'Those that are not known are not read.',
  }),
  missing: Type.Array(Type.String(), {
    description:
      'A merge leaves these as they are in rows that the registry holds; a replacement empties them.',
  }),
  demonstration: Type.Boolean({
    description: 'The registry holds invented rows, which any import takes away, a merge too.',
  }),
  preview: Type.Array(ROW, { description: 'The first rows as they would be read.' }),
});

const UPLOAD_ERRORS = {
  invalid: 'bad_request',
  too_large: 'too_large',
  conflict: 'conflict',
  not_found: 'not_found',
  unavailable: 'unavailable',
} as const satisfies Record<RegistryUploadErrorCode, ManagementErrorCode>;

async function amongUploads<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await amongJobs(work);
  } catch (error) {
    if (!(error instanceof RegistryUploadError)) throw error;
    throw new ManagementError(UPLOAD_ERRORS[error.code], error.message, undefined, error);
  }
}

function shapeUpload({ id, bytes, format, gzip, columns, missing, rows, demonstration }: RegistryUpload) {
  const preview = rows.map((row) => ({
    ...{ line: row.line, number: row.number ?? null, status: row.status ?? null },
    ...{ activated_on: row.activatedOn ?? null, carrier: row.carrier ?? null, as_of: row.asOf ?? null },
    ...{ name: row.name, id_card: row.idCard, rejected: row.rejected ?? null },
  }));
  return { id, bytes, format, gzip, columns, missing, demonstration, preview };
}

export function createRegistryImportRoutes(context: OperatorContext): RouteDefinition[] {
  const { uploads } = context;

  function regionIn(asked: unknown): string {
    const region = asked === undefined ? context.region : String(asked).toUpperCase();
    if (isNumberRegion(region)) return region;
    throw new ManagementError('bad_request', 'region is not an ISO 3166 code of a region with numbers.');
  }

  return [
    defineRoute({
      name: 'registry-upload',
      group: 'operator',
      method: 'POST',
      path: '/operator/registry/uploads',
      access: ['operator'],
      summary: {
        en: 'Takes a file of subscriber records, CSV or NDJSON, perhaps gzipped, as the body. It is kept sealed until it is imported, discarded or too old, and answered with its columns and first rows as an import would read them.',
        zh: '上传用户登记文件（CSV 或 NDJSON，可用 gzip 压缩）作为请求体。文件加密暂存，直至导入、丢弃或过期；返回列名及前几行的预览。',
      },
      shape: 'own',
      query: Type.Object({ region: REGION }),
      streamed: MEDIA_TYPES,
      success: 201,
      answer: UPLOAD,
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'conflict', 'too_large', 'unavailable'],
      examples: [{ title: { en: 'A CSV file', zh: 'CSV 文件' } }],
      async run(request) {
        const { stream } = request;
        if (stream === undefined) throw new Error('a file is streamed');
        const region = regionIn(request.query.region);
        const upload = await amongUploads(() => uploads.receive(actorOf(request), stream, region));
        return { body: shapeUpload(upload) };
      },
    }),
    defineRoute({
      name: 'registry-upload-discard',
      group: 'operator',
      method: 'DELETE',
      path: '/operator/registry/uploads/:id',
      access: ['operator'],
      summary: { en: 'Removes a file that nobody imports.', zh: '删除未导入的上传文件。' },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in', 'forbidden', 'not_found', 'conflict'],
      examples: [{ title: { en: 'Discard', zh: '丢弃' }, parameters: { id: EXAMPLE_ID } }],
      async run(request) {
        const { id = '' } = request.parameters;
        await amongUploads(() => uploads.discard(actorOf(request), id));
        return {};
      },
    }),
    defineRoute({
      name: 'registry-import',
      group: 'operator',
      method: 'POST',
      path: '/operator/registry/imports',
      access: ['operator'],
      summary: {
        en: 'Starts a job that imports a file: calls see the old rows until all new ones are in. `replace` swaps the whole registry instead of merging by as-of date. The result counts accepted and rejected rows; of a file without an accepted row nothing is imported.',
        zh: '启动导入任务：全部写入前，调用仍使用旧数据。replace 为整体替换，否则按数据日期合并。结果含接受与拒绝的行数；若没有任何行被接受，则不作改动。',
      },
      shape: 'own',
      body: Type.Object({
        upload_id: Type.String({ minLength: 1, maxLength: 64 }),
        replace: Type.Optional(Type.Boolean()),
        region: REGION,
      }),
      success: 202,
      answer: JOB,
      errors: ['bad_request', 'not_found', ...STARTING],
      examples: [
        { title: { en: 'Merge', zh: '合并' }, body: { upload_id: EXAMPLE_ID } },
        { title: { en: 'Replace', zh: '替换' }, body: { upload_id: EXAMPLE_ID, replace: true } },
      ],
      async run(request) {
        const { upload_id: uploadId, replace, region } = request.body;
        const how = { replace: replace === true, region: regionIn(region) };
        const job = await amongUploads(() => uploads.import(actorOf(request), String(uploadId), how));
        return { body: shapeJob(job) };
      },
    }),
    defineRoute({
      name: 'registry-import-rejected',
      group: 'operator',
      method: 'GET',
      path: '/operator/registry/imports/:id/rejected',
      access: ['operator'],
      summary: {
        en: 'The rows that an import rejected, as CSV: line, reason and field, nothing of the row itself. Kept as long as the job is listed.',
        zh: '导入时被拒绝的行（CSV）：行号、原因与字段，不含行内容。随任务记录保留。',
      },
      shape: 'own',
      success: 200,
      answer: { mediaType: 'text/csv' },
      errors: ['not_signed_in', 'forbidden', 'not_found'],
      examples: [{ title: { en: 'Of one import', zh: '某次导入' }, parameters: { id: EXAMPLE_ID } }],
      async run({ parameters: { id = '' } }) {
        return { stream: await amongUploads(() => uploads.rejectedOf(id)), fileName: 'rejected-rows.csv' };
      },
    }),
  ];
}
