// Writes console/generated/operations.ts: the types of every management call, read off the same document that the server
// shows at /openapi.json, made here without a server.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describeApi } from '../src/app/openapi.ts';
import { readManagementTable } from './docs/management-view.ts';

const FILE = new URL('../console/generated/operations.ts', import.meta.url);
const PREFIX = '/api/v1';
const HEADER = '// Generated from /openapi.json by tools/console-types.ts: not to be edited.\n\n';

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** A JSON Schema of the kinds that our tables hold, as a TypeScript type. */
export function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return 'undefined';
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `readonly (${typeOf(schema.items ?? {})})[]`;
    case 'object':
      return Object.keys(schema.properties ?? {}).length === 0
        ? recordOf(schema)
        : objectOf(schema.properties ?? {}, new Set(schema.required));
    default:
      return 'unknown';
  }
}

/** Whose names are not known beforehand. */
function recordOf({ patternProperties = {} }: Schema): string {
  const [values] = Object.values(patternProperties);
  return `Readonly<Record<string, ${values === undefined ? 'unknown' : typeOf(values)}>>`;
}

function objectOf(properties: Readonly<Record<string, Schema>>, required: ReadonlySet<string>): string {
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      `readonly ${JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  return members.length === 0 ? 'Readonly<Record<string, never>>' : `{ ${members.join(' ')} }`;
}

function parametersOf({ parameters = [] }: Operation, place: string): string {
  const found = parameters.filter((one) => one.in === place);
  const required = new Set(found.filter((one) => one.required === true).map(({ name }) => name));
  return objectOf(Object.fromEntries(found.map(({ name, schema }) => [name, schema])), required);
}

function answerOf({ responses }: Operation): string {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  return typeOf(success?.content?.['application/json']?.schema);
}

export function writeOperations(): string {
  const document = describeApi(readManagementTable(), { profile: 'seed', identityCodes: 'published' });
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  const rows = Object.entries(paths)
    .filter(([path]) => path.startsWith(`${PREFIX}/`))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => {
        const name = `${method.toUpperCase()} ${path.slice(PREFIX.length)}`;
        const body = typeOf(operation.requestBody?.content?.['application/json']?.schema);
        return `  ${JSON.stringify(name)}: {\n    path: ${parametersOf(operation, 'path')};\n    query: ${parametersOf(operation, 'query')};\n    body: ${body};\n    answer: ${answerOf(operation)};\n  };\n`;
      }),
    );
  return `${HEADER}export interface Operations {\n${rows.join('')}}\n`;
}

/** Only where something changed, so that nothing is built again for nothing. */
export function updateConsoleTypes(): void {
  const text = writeOperations();
  mkdirSync(new URL('.', FILE), { recursive: true });
  if (readOrEmpty() !== text) writeFileSync(FILE, text);
}

function readOrEmpty(): string {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
}

if (import.meta.main) updateConsoleTypes();
