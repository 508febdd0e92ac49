// Rows of operators about the subscriber registry as a whole: its statistics, which are counted in a job.

import { actorOf } from './accounts/context.ts';
import { JOB, STARTING, startJob } from './operator-jobs.ts';
import type { OperatorContext } from './operator-routes.ts';
import { defineRoute, type RouteDefinition } from './route.ts';

export function createOperatorRegistryRoutes(context: OperatorContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'registry-statistics',
      group: 'operator',
      method: 'POST',
      path: '/operator/registry/statistics',
      access: ['operator'],
      summary: {
        en: 'Starts a job that counts the registry: rows, by status, carrier and tenure, with name and ID card, oldest and newest as-of date. The last one that is done keeps its answer.',
        zh: '启动任务，统计登记库：总数，按状态、运营商、在网时长，含姓名及证件数，最早与最晚的数据日期。',
      },
      shape: 'own',
      success: 202,
      answer: JOB,
      errors: STARTING,
      examples: [{ title: { en: 'Count', zh: '统计' } }],
      run: (request) => startJob(context, { kind: 'registry-statistics', actor: actorOf(request) }),
    }),
  ];
}
