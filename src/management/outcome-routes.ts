// Row: in what a call can end, which is what the usage list is filtered by.

import { Type } from '../core/json-schema.ts';
import { FAULTS } from '../domain/fault.ts';
import { OUTCOMES } from '../domain/outcome.ts';
import { defineRoute, type RouteDefinition } from './route.ts';

const ITEMS = [
  ...OUTCOMES.map((code) => ({ code, kind: 'outcome' })),
  ...Object.keys(FAULTS).map((code) => ({ code, kind: 'fault' })),
];

export function createOutcomeRoutes(): RouteDefinition[] {
  return [
    defineRoute({
      name: 'outcome-list',
      group: 'usage',
      method: 'GET',
      path: '/usage/outcomes',
      access: ['public', 'session', 'platform-token', 'credential', 'operator'],
      summary: {
        en: 'In what a call can end: an outcome is a conclusion and may be charged, a fault is why there is none and never is.',
        zh: '调用可能的结局：结果（outcome）为结论，可能计费；故障（fault）为无结论的原因，从不计费。',
      },
      shape: 'own',
      success: 200,
      answer: Type.Object({
        items: Type.Array(
          Type.Object({ code: Type.String(), kind: Type.String({ enum: ['outcome', 'fault'] }) }),
        ),
      }),
      errors: [],
      examples: [{ title: { en: 'All', zh: '全部' } }],
      run: () => ({ body: { items: ITEMS } }),
    }),
  ];
}
