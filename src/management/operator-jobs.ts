// Rows of operators about jobs, the long works that run beside the calls: which there are, how far one is, its end. Each kind
// is started by a call of its own.

import { Type } from '../core/json-schema.ts';
import { sortRows } from '../domain/sorting.ts';
import { type Job, JobError, type JobErrorCode, type JobOrder } from '../ports/jobs.ts';
import { actorOf } from './accounts/context.ts';
import type { OperatorContext } from './operator-routes.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageOf } from './page.ts';
import {
  defineRoute,
  ManagementError,
  type ManagementErrorCode,
  type ManagementRequest,
  type RouteDefinition,
} from './route.ts';
import { timeText } from './time-text.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const STATES: readonly Job['state'][] = ['queued', 'running', 'done', 'failed', 'cancelled'];
const PROGRESS = Type.Object({
  phase: Type.String(),
  done: Type.Integer({ description: 'In a unit of the phase.' }),
  total: Type.Union([Type.Integer(), Type.Null()]),
});

export const JOB = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  state: Type.String({ enum: [...STATES] }),
  started_by: Type.String({ description: 'As in the audit log.' }),
  created_at: Type.String(),
  ended_at: NULLABLE_TEXT,
  progress: Type.Union([PROGRESS, Type.Null()]),
  result: Type.Union([Type.Object({}, { description: 'By kind, once it is done.' }), Type.Null()]),
  error: Type.Union([Type.String({ description: 'Why it failed.' }), Type.Null()]),
  error_code: Type.Union([
    Type.String({ description: 'The same for readers of other languages; null where there is none.' }),
    Type.Null(),
  ]),
  error_parameters: Type.Union([
    Type.Object({}, { description: 'What the code speaks of: names, numbers, paths.' }),
    Type.Null(),
  ]),
});
/** Of calls that start a job. */
export const STARTING = ['not_signed_in', 'forbidden', 'conflict', 'unavailable'] as const;
const ORDER = createOrdering(
  { created_at: 'created', kind: 'kind', state: 'state', started_by: 'startedBy' },
  '-created_at',
);
const EXAMPLE_ID = { id: '1c6f0a52-7f0e-4d5b-9b51-3f0a2f6f1a10' };

const JOB_ERRORS = {
  conflict: 'conflict',
  not_found: 'not_found',
  unavailable: 'unavailable',
} as const satisfies Record<JobErrorCode, ManagementErrorCode>;

export function shapeJob(job: Job) {
  const { id, kind, state, startedBy, createdMs, endedMs, progress, result, error, errorRemark } = job;
  return {
    ...{ id, kind, state, started_by: startedBy, created_at: timeText(createdMs) },
    ended_at: endedMs === undefined ? null : timeText(endedMs),
    progress: progress === undefined ? null : { ...progress, total: progress.total ?? null },
    result: result ?? null,
    error: error ?? null,
    error_code: errorRemark?.code ?? null,
    error_parameters: errorRemark?.parameters ?? null,
  };
}

/** What the jobs refuse, in the words of the management calls. */
export async function amongJobs<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    throw new ManagementError(JOB_ERRORS[error.code], error.code === 'not_found' ? '' : error.message);
  }
}

/** The answer of a call that starts a job: the job as it is now. */
export async function startJob({ jobs }: Pick<OperatorContext, 'jobs'>, order: JobOrder) {
  return { body: shapeJob(await amongJobs(() => jobs.start(order))) };
}

/** `newestFirst`: few, of which the settings keep so many. Two that began in one moment stay in the order in which they came. */
function sortJobs(newestFirst: readonly Job[], request: ManagementRequest): Job[] {
  const placed = newestFirst.toReversed().map((job, place) => ({ job, place }));
  type Placed = (typeof placed)[number];
  const values = {
    created: ({ job }: Placed) => job.createdMs,
    kind: ({ job }: Placed) => job.kind,
    state: ({ job }: Placed) => job.state,
    startedBy: ({ job }: Placed) => job.startedBy,
  };
  return sortRows(placed, ORDER.in(request), values, ({ place }) => place).map(({ job }) => job);
}

export function createOperatorJobRoutes({ jobs }: OperatorContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'job-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/jobs',
      access: ['operator'],
      summary: {
        en: 'Lists jobs: those at work, and the last ones that ended since the server started.',
        zh: '查询后台任务：进行中的，以及服务启动以来最近结束的。',
      },
      shape: 'own',
      query: Type.Object({
        ...{ ...PAGE, ...ORDER.query },
        kind: Type.Optional(Type.String({ enum: [...jobs.kinds] })),
      }),
      success: 200,
      answer: listOf(JOB),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } }],
      run(request) {
        const { kind } = request.query;
        const listed = jobs.list(kind === undefined ? undefined : String(kind));
        const page = pageOf(sortJobs(listed, request), request);
        return { body: { ...page, items: page.items.map(shapeJob) } };
      },
    }),
    defineRoute({
      name: 'job-show',
      group: 'operator',
      method: 'GET',
      path: '/operator/jobs/:id',
      access: ['operator'],
      summary: { en: 'How far one job is, and how it ended.', zh: '查询单个任务的进度与结果。' },
      shape: 'own',
      success: 200,
      answer: JOB,
      errors: ['not_signed_in', 'forbidden', 'not_found'],
      examples: [{ title: { en: 'One', zh: '单个' }, parameters: EXAMPLE_ID }],
      run: async ({ parameters: { id = '' } }) => ({
        body: shapeJob(await amongJobs(() => jobs.find(id))),
      }),
    }),
    defineRoute({
      name: 'job-cancel',
      group: 'operator',
      method: 'DELETE',
      path: '/operator/jobs/:id',
      access: ['operator'],
      summary: {
        en: 'Stops a job where it leaves things as they were. Past that point it ends as done: the answer says what became of it, or that it still runs.',
        zh: '停止任务并保持原有数据不变；若已无法停止则照常完成。返回任务当前状态。',
      },
      shape: 'own',
      success: 200,
      answer: JOB,
      errors: ['not_signed_in', 'forbidden', 'not_found', 'conflict'],
      examples: [{ title: { en: 'Cancel', zh: '取消' }, parameters: EXAMPLE_ID }],
      run: async (request) => {
        const { id = '' } = request.parameters;
        return { body: shapeJob(await amongJobs(() => jobs.cancel(actorOf(request), id))) };
      },
    }),
  ];
}
