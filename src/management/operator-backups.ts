// Rows of operators about keeping the server sound: backups in the directory that the settings name, and the doctor. No path
// ever comes from a request.

import { Type } from '../core/json-schema.ts';
import { sortRows } from '../domain/sorting.ts';
import { actorOf } from './accounts/context.ts';
import { JOB, STARTING, startJob } from './operator-jobs.ts';
import type { OperatorContext } from './operator-routes.ts';
import { createOrdering } from './ordering.ts';
import { PAGE, pageOf } from './page.ts';
import { defineRoute, type RouteDefinition } from './route.ts';

export interface BackupShelf {
  readonly directory: string;
  list(): readonly ShelvedBackup[];
}

export interface ShelvedBackup {
  readonly name: string;
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
  readonly files: number;
  readonly bytes: number;
  readonly hasMasterKey: boolean;
}

const BACKUP = Type.Object({
  name: Type.String({ description: 'Of its directory, from the time in UTC.' }),
  ...{ created_at: Type.String(), files: Type.Integer(), bytes: Type.Integer() },
  master_key_included: Type.Boolean(),
});
/** Nobody makes so many that it would be long. */
const ORDER = createOrdering({ created_at: 'created', bytes: 'bytes' }, '-created_at');
const VALUES = {
  created: ({ createdAt }: ShelvedBackup) => createdAt,
  bytes: ({ bytes }: ShelvedBackup) => bytes,
};

export function createOperatorBackupRoutes(context: OperatorContext): RouteDefinition[] {
  const { backups } = context;
  return [
    defineRoute({
      name: 'backup-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/backups',
      access: ['operator'],
      summary: {
        en: 'Lists the backups that this server made in its directory.',
        zh: '查询本服务在备份目录中的备份。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...ORDER.query }),
      success: 200,
      answer: Type.Object({
        directory: Type.String({ description: 'On the machine of the server.' }),
        ...{ count: Type.Integer(), items: Type.Array(BACKUP) },
      }),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } }],
      run(request) {
        const sorted = sortRows(backups.list(), ORDER.in(request), VALUES, ({ name }) => name);
        const { count, items } = pageOf(sorted, request);
        const shaped = items.map(({ name, createdAt, files, bytes, hasMasterKey }) => ({
          ...{ name, created_at: createdAt, files, bytes, master_key_included: hasMasterKey },
        }));
        return { body: { directory: backups.directory, count, items: shaped } };
      },
    }),
    defineRoute({
      name: 'backup-create',
      group: 'operator',
      method: 'POST',
      path: '/operator/backups',
      access: ['operator'],
      summary: {
        en: 'Starts a job that copies the data into a new directory and verifies the copy. Without the master key unless it is asked for: whoever has a backup with it has every secret.',
        zh: '启动任务，将数据复制到新目录并验证副本。除非明确要求，否则不含主密钥：含主密钥的备份等于全部机密。',
      },
      shape: 'own',
      body: Type.Object({ with_master_key: Type.Optional(Type.Boolean()) }),
      success: 202,
      answer: JOB,
      errors: ['bad_request', ...STARTING],
      examples: [{ title: { en: 'Back up', zh: '备份' }, body: { with_master_key: false } }],
      run: (request) =>
        startJob(context, {
          ...{ kind: 'backup', actor: actorOf(request) },
          input: { withMasterKey: request.body.with_master_key === true },
        }),
    }),
    defineRoute({
      name: 'doctor',
      group: 'operator',
      method: 'POST',
      path: '/operator/doctor',
      access: ['operator'],
      summary: {
        en: 'Starts a job that says what is wrong with the data directory and the settings, and how to mend it. It verifies the whole ledger and changes nothing.',
        zh: '启动任务，检查数据目录与设置的问题及修复方法；会验证整个账本，不作任何更改。',
      },
      shape: 'own',
      success: 202,
      answer: JOB,
      errors: STARTING,
      examples: [{ title: { en: 'Examine', zh: '检查' } }],
      run: (request) => startJob(context, { kind: 'doctor', actor: actorOf(request) }),
    }),
  ];
}
