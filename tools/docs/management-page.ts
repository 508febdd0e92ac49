// docs/reference/management.md: the calls below /api/v1, read off their table.

import type { TSchema } from 'typebox';
import { MANAGEMENT_ERRORS, type RouteDefinition } from '../../src/management/route.ts';
import { errorsOf } from '../../src/management/route-errors.ts';
import { readManagementTable } from './management-view.ts';
import { fence, joinBlocks, type Page, quote, renderTable } from './markdown.ts';
import { nameLimits, nameType, sketch } from './schema-sketch.ts';

const INTRODUCTION = `Paths are below \`/api/v1\`; a slash at the end changes nothing. Bodies are JSON objects with the content type
\`application/json\`, without members that the call does not know. Who may call is said with each call: **session** is the cookie that \`login\` and \`confirm\` set (for changes with
\`Origin\` of this very address, over TLS or on the machine itself), **platform-token** and **credential** are bearer tokens of
people and programs, **operator** one of \`operator token create\`, **public** needs nothing. Examples use \`$URL\`, such as
\`http://127.0.0.1:8080\`, and \`$TOKEN\`. The same as OpenAPI: \`/openapi.json\`. What differs from AceData's calls is listed in
[DIVERGENCES.md](../../src/protocols/acedata/DIVERGENCES.md).`;

const ENVELOPES = `Calls that AceData has answer errors as \`{"detail","code","trace_id"}\`, our own as
\`{"success":false,"error":{"code","message"},"trace_id"}\`. 429 carries \`Retry-After\`.`;

const GROUPS: Readonly<Record<RouteDefinition['group'], string>> = {
  catalogue: 'Catalogue',
  explorer: 'Explorer',
  people: 'People',
  applications: 'Applications and balance',
  credentials: 'Credentials',
  usage: 'Usage',
  verifications: 'Verifications',
  messages: 'Messages',
  operator: 'Operators',
};

export function createManagementPage(): Page {
  const routes = readManagementTable();
  const groups = (Object.keys(GROUPS) as RouteDefinition['group'][]).flatMap((group) => [
    `## ${GROUPS[group]}`,
    ...routes.filter((route) => route.group === group).map(renderRoute),
  ]);
  return {
    file: 'management.md',
    title: 'Management calls',
    summary: 'Registration, services, credentials, usage, and what operators do: every call below `/api/v1`.',
    body: joinBlocks(INTRODUCTION, renderList(routes), ...groups, '## Errors', ENVELOPES, renderErrors()),
  };
}

const lineOf = ({ method, path }: RouteDefinition): string => `${method} ${path}`;

function renderList(routes: readonly RouteDefinition[]): string {
  return renderTable(
    ['Call', 'Name', 'Access', 'Summary', ''],
    routes.map((route) => [
      quote(lineOf(route)),
      `[${route.name}](#${route.name})`,
      route.access.join(', '),
      route.summary.en,
      route.summary.zh,
    ]),
  );
}

function renderRoute(route: RouteDefinition): string {
  const { name, summary, access, shape, success } = route;
  const origin = shape === 'acedata' ? "AceData's shape." : 'Our own call.';
  return joinBlocks(
    `### ${name}`,
    `\`${lineOf(route)}\`: ${summary.en} ${summary.zh}`,
    `Access: ${access.join(', ')}. ${origin}`,
    renderInput(route),
    `Answer: ${success}${renderAnswer(route)}`,
    `Errors: ${errorsOf(route).map(quote).join(', ')}.`,
    fence(writeExample(route), 'sh'),
  );
}

function renderInput({ path, query, body, idempotent, metered, streamed }: RouteDefinition): string {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [
    quote(name),
    'path',
    'yes',
    'string',
    '',
  ]);
  const inHeader =
    idempotent === true
      ? [
          [
            ...[quote('Idempotency-Key'), 'header', 'no', 'string'],
            metered === true ? 'Given again it repeats the answer' : 'Given again it grants nothing more',
          ],
        ]
      : [];
  const inBody =
    streamed === undefined ? [] : [['', 'body', 'yes', streamed.map(quote).join(', '), 'The file']];
  const rows = [
    ...inPath,
    ...inHeader,
    ...listFields('query', query),
    ...listFields('body', body),
    ...inBody,
  ];
  return rows.length === 0
    ? ''
    : renderTable(['Input', 'In', 'Required', 'Type', 'Limits and meaning'], rows);
}

function listFields(place: string, schema: RouteDefinition['body']): string[][] {
  const required: readonly string[] =
    (schema as { required?: readonly string[] } | undefined)?.required ?? [];
  return Object.entries((schema?.properties ?? {}) as Record<string, TSchema & { description?: string }>).map(
    ([name, field]) => [
      quote(name),
      place,
      required.includes(name) ? 'yes' : 'no',
      nameType(field),
      [nameLimits(field), field.description ?? ''].filter((text) => text !== '').join('. '),
    ],
  );
}

function renderAnswer({ answer }: RouteDefinition): string {
  if (answer === undefined) return ' without a body.';
  if ('mediaType' in answer && typeof answer.mediaType === 'string')
    return `, streamed as \`${answer.mediaType}\`.`;
  return `\n\n${fence(sketch(answer as TSchema), 'js')}`;
}

/** The first example; in a session where nothing else is accepted. */
function writeExample(route: RouteDefinition): string {
  const { method, path, access, streamed, body: schema } = route;
  const [example] = route.examples;
  const { parameters = {}, query = {}, body } = example ?? {};
  const filled = path.replace(/:(\w+)/g, (_, name: string) => parameters[name] ?? '');
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const isBearer = access.some((one) => one !== 'public' && one !== 'session');
  const isSession = !isBearer && access.includes('session');
  const isPublic = access.includes('public');
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"$URL/api/v1${filled}${asked.size === 0 ? '' : `?${asked}`}"`,
    ...(isBearer && !isPublic ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(isSession ? ['-b cookies -H "Origin: $URL" -H \'Content-Type: application/json\''] : []),
    ...(schema === undefined
      ? []
      : [`${isSession ? '' : "-H 'Content-Type: application/json' "}-d '${JSON.stringify(body ?? {})}'`]),
    ...(streamed === undefined ? [] : [`-H 'Content-Type: ${streamed[0]}' --data-binary @FILE`]),
  ].join(' \\\n  ');
}

function renderErrors(): string {
  return renderTable(
    ['Code', 'HTTP status', 'Message'],
    Object.entries(MANAGEMENT_ERRORS).map(([code, { status, message }]) => [
      quote(code),
      String(status),
      message,
    ]),
  );
}
