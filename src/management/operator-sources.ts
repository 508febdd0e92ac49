// Row of operators: who answers the questions, and how old what they know is.

import { Type } from '../core/json-schema.ts';
import type { OperatorContext } from './operator-routes.ts';
import { defineRoute, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';

export type SourceState = 'present' | 'absent' | 'unreadable';

export interface SourceWatch {
  readonly name: 'registry' | 'sandbox';
  state(): SourceState;
}

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const COUNTED = Type.Object(
  {
    time: Type.String(),
    rows: Type.Integer(),
    demonstration: Type.Boolean({ description: 'Its rows are invented.' }),
    ...{ as_of_oldest: NULLABLE_TEXT, as_of_newest: NULLABLE_TEXT },
  },
  { description: 'By the last statistics of the registry since the server started.' },
);

export function createOperatorSourceRoutes({ sources, jobs }: OperatorContext): RouteDefinition[] {
  function counted() {
    const job = jobs.list('registry-statistics').find(({ result }) => result !== undefined);
    if (job?.result === undefined) return null;
    const { rows, demonstration, as_of_oldest, as_of_newest } = job.result;
    return { time: timeText(job.endedMs), rows, demonstration, as_of_oldest, as_of_newest };
  }

  return [
    defineRoute({
      name: 'source-health',
      group: 'operator',
      method: 'GET',
      path: '/operator/sources',
      access: ['operator'],
      summary: {
        en: 'Who answers the questions, and how old what they know is.',
        zh: '数据来源的状态及数据日期。',
      },
      shape: 'own',
      success: 200,
      answer: Type.Object({
        items: Type.Array(
          Type.Object({
            name: Type.String({ enum: ['registry', 'sandbox'] }),
            state: Type.String({ enum: ['present', 'absent', 'unreadable'] }),
            counted: Type.Union([COUNTED, Type.Null()]),
          }),
        ),
      }),
      errors: ['not_signed_in', 'forbidden'],
      examples: [{ title: { en: 'Now', zh: '当前' } }],
      run() {
        const items = sources.map(({ name, state }) => ({
          ...{ name, state: state(), counted: name === 'registry' ? counted() : null },
        }));
        return { body: { items } };
      },
    }),
  ];
}
