// Rows: the table of number ranges, which says whose numbers are served and by which actions. Every change is audited and
// counts from the next call on.

import { Type } from '../core/json-schema.ts';
import { sortRows } from '../domain/sorting.ts';
import type { NumberRange } from '../ports/source.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { lineIn } from './name-text.ts';
import type { OperatorContext } from './operator-routes.ts';
import { createOrdering } from './ordering.ts';
import { PAGE, pageOf } from './page.ts';
import { defineRoute, type RouteDefinition } from './route.ts';

const PREFIX = '+86138';
const CSV_EXAMPLE = 'prefix,holder,actions\n+86138,mobile,\n+1202,example,line-status line-tenure\n';
const ACTIONS = Type.Array(Type.String({ maxLength: 64 }), {
  maxItems: 100,
  description: 'Names of actions; empty means every action.',
});
const RANGE = Type.Object({
  prefix: Type.String({ description: '+ and leading digits; the longest prefix of a number counts.' }),
  holder: Type.String(),
  actions: ACTIONS,
});
const TITLE = Type.Object({ name: Type.String(), title: Type.String(), title_zh: Type.String() });
const ORDER = createOrdering({ prefix: 'prefix', holder: 'holder' }, 'prefix');
const VALUES = {
  prefix: ({ prefix }: NumberRange) => prefix,
  holder: ({ holder }: NumberRange) => holder,
};
const LIST_ERRORS = ['bad_request', 'not_signed_in', 'forbidden', 'unavailable'] as const;

/** A prefix both ways, ranges within it and those that it lies in; or a part of the holder's name. */
function findRanges(ranges: readonly NumberRange[], words: string): readonly NumberRange[] {
  // An unescaped plus arrives as a space.
  const number = words.replace(/^(?: |00)/, '+').replace(/[\s()-]/g, '');
  const holder = words.trim().toLowerCase();
  const wanted = /^\+\d+$/.test(number)
    ? [number]
    : /^\d+$/.test(number)
      ? [`+${number}`, `+86${number}`]
      : [];
  return ranges.filter(
    (range) =>
      wanted.some((one) => range.prefix.startsWith(one) || one.startsWith(range.prefix)) ||
      range.holder.toLowerCase().includes(holder),
  );
}

export function createOperatorRangeRoutes({
  ranges,
  rangesMaxBytes,
  actions,
}: OperatorContext): RouteDefinition[] {
  const titles = actions
    .filter(({ name }) => ranges.actions.includes(name))
    .map(({ name, summary }) => ({ name, title: summary.en, title_zh: summary.zh }));

  return [
    defineRoute({
      name: 'number-range-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/number-ranges',
      access: ['operator'],
      summary: {
        en: 'Lists the number ranges, and the actions that a range can be limited to.',
        zh: '查询号段表，以及可限定的接口。',
      },
      shape: 'own',
      query: Type.Object({
        ...{ ...PAGE, ...ORDER.query },
        search: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 64,
            description: 'A prefix, a whole number, or a part of the holder.',
          }),
        ),
      }),
      success: 200,
      answer: Type.Object({ count: Type.Integer(), items: Type.Array(RANGE), actions: Type.Array(TITLE) }),
      errors: LIST_ERRORS,
      examples: [
        { title: { en: 'Which range a prefix lies in', zh: '前缀所属号段' }, query: { search: '1380013' } },
      ],
      run(request) {
        const { search } = request.query;
        const all = ranges.list();
        const found = search === undefined ? all : findRanges(all, String(search));
        const sorted = sortRows(found, ORDER.in(request), VALUES, ({ prefix }) => prefix);
        return { body: { ...pageOf(sorted, request), actions: titles } };
      },
    }),
    defineRoute({
      name: 'number-range-set',
      group: 'operator',
      method: 'PUT',
      path: '/operator/number-ranges/:prefix',
      access: ['operator'],
      summary: {
        en: 'Adds a number range, or changes the one with this prefix.',
        zh: '新增号段，或修改该前缀的号段。',
      },
      shape: 'own',
      body: Type.Object({
        holder: Type.String({
          maxLength: 64,
          description: 'mobile, telecom, unicom, broadnet, virtual, or a name.',
        }),
        actions: Type.Optional(ACTIONS),
      }),
      success: 200,
      answer: RANGE,
      errors: LIST_ERRORS,
      examples: [
        {
          title: { en: 'Line status alone', zh: '仅支持号码状态' },
          parameters: { prefix: '+1202' },
          body: { holder: 'example', actions: ['line-status'] },
        },
      ],
      async run(request) {
        const { prefix = '' } = request.parameters;
        const named = (request.body.actions ?? []) as readonly string[];
        const range = { prefix, holder: lineIn(request, 'holder'), actions: [...new Set(named)] };
        await atDesk(() => ranges.set(actorOf(request), range));
        return { body: range };
      },
    }),
    defineRoute({
      name: 'number-range-remove',
      group: 'operator',
      method: 'DELETE',
      path: '/operator/number-ranges/:prefix',
      access: ['operator'],
      summary: {
        en: 'Removes a number range: calls for its numbers are refused unless a shorter prefix fits.',
        zh: '删除号段：除非另有更短的前缀匹配，其号码不再受理。',
      },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: [...LIST_ERRORS, 'not_found'],
      examples: [{ title: { en: 'Remove', zh: '删除' }, parameters: { prefix: PREFIX } }],
      async run(request) {
        const { prefix = '' } = request.parameters;
        await atDesk(() => ranges.remove(actorOf(request), prefix));
        return {};
      },
    }),
    defineRoute({
      name: 'number-range-import',
      group: 'operator',
      method: 'POST',
      path: '/operator/number-ranges/import',
      access: ['operator'],
      summary: {
        en: 'Adds or changes the number ranges of a CSV text, all or none; with `replace` every other range goes.',
        zh: '从 CSV 导入号段，全部生效或全部不生效；replace 为 true 时删除其余号段。',
      },
      shape: 'own',
      body: Type.Object({
        csv: Type.String({
          description: 'Columns prefix,holder,actions; actions separated by spaces, none for every action.',
        }),
        replace: Type.Optional(Type.Boolean()),
      }),
      bodyMaxBytes: rangesMaxBytes,
      success: 200,
      answer: Type.Object({ ranges: Type.Integer({ description: 'How many the text had.' }) }),
      errors: LIST_ERRORS,
      examples: [{ title: { en: 'Two ranges', zh: '两个号段' }, body: { csv: CSV_EXAMPLE } }],
      async run(request) {
        const { csv, replace } = request.body;
        const count = await atDesk(() => ranges.import(actorOf(request), String(csv), replace === true));
        return { body: { ranges: count } };
      },
    }),
    defineRoute({
      name: 'number-range-export',
      group: 'operator',
      method: 'GET',
      path: '/operator/number-ranges/export',
      access: ['operator'],
      summary: {
        en: 'Every number range as CSV, as the import takes it.',
        zh: '以 CSV 导出全部号段，可再导入。',
      },
      shape: 'own',
      success: 200,
      answer: { mediaType: 'text/csv; charset=utf-8' },
      errors: ['not_signed_in', 'forbidden', 'unavailable'],
      examples: [{ title: { en: 'All of them', zh: '全部' } }],
      run: () => ({ stream: streamOf(ranges.export()), fileName: 'number-ranges.csv' }),
    }),
  ];
}

async function* streamOf(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}
