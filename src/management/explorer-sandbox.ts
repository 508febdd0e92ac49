// Row: the sandbox's documented inputs of one action, with what each is answered.

import { Type } from '../core/json-schema.ts';
import type { ExplorerContext } from './explorer/context.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';

const BILINGUAL = Type.Object({ en: Type.String(), zh: Type.String() });
const TEXT_OR_NULL = Type.Union([Type.String(), Type.Null()]);

const INPUT = Type.Object({
  name: Type.String({ description: 'Names the input in an address, in place of its values.' }),
  section: Type.String({ enum: ['examples', 'lines', 'results', 'deliveries', 'faults', 'delays'] }),
  input: Type.Record(Type.String(), Type.Unknown(), { description: 'As the form takes it.' }),
  meaning: BILINGUAL,
  delay_ms: Type.Integer({ description: 'Waited before the answer.' }),
  outcome: TEXT_OR_NULL,
  fault: Type.Union([Type.String(), Type.Null()], {
    description: 'Our own name of it; null where there is an outcome.',
  }),
  result: Type.Union([Type.String(), Type.Null()], {
    description: 'Result code or error code on the wire; null where the action has no result codes.',
  }),
  description: Type.Union([BILINGUAL, Type.Null()], { description: 'The code in words.' }),
  answer: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
    description: "The answer's members; null of an error, and of actions that run as they would live.",
  }),
  delivery: Type.Array(
    Type.Object({ from_ms: Type.Integer(), state: Type.String(), reason: Type.String() }),
    { description: 'What becomes of a message that was sent, by its age.' },
  ),
});

export function createExplorerSandboxRoute({
  sandboxInputs,
}: Pick<ExplorerContext, 'sandboxInputs'>): RouteDefinition {
  return defineRoute({
    name: 'explorer-sandbox',
    group: 'explorer',
    method: 'GET',
    path: '/explorer/sandbox',
    access: ['public', 'session', 'platform-token', 'credential'],
    summary: {
      en: 'Every documented input of the sandbox for one action, with the answer, the error and the delay that it plays.',
      zh: '列出某个接口在沙箱中的所有文档输入，以及对应的结果、错误和延迟。',
    },
    shape: 'own',
    query: Type.Object({
      protocol: Type.String({ maxLength: 32 }),
      action: Type.String({ maxLength: 64, description: 'On the wire.' }),
    }),
    success: 200,
    answer: Type.Object({ protocol: Type.String(), action: Type.String(), items: Type.Array(INPUT) }),
    errors: ['bad_request', 'not_found'],
    examples: [
      {
        title: { en: 'Of MobileStatus', zh: 'MobileStatus' },
        query: { protocol: 'tencent', action: 'MobileStatus' },
      },
    ],
    async run({ query }) {
      const { protocol, action } = { protocol: String(query.protocol), action: String(query.action) };
      const items = await sandboxInputs(protocol, action);
      if (items === undefined) throw new ManagementError('not_found', 'The protocol has no such action.');
      return { body: { protocol, action, items } };
    },
  });
}
