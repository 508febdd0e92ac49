// What /openapi.json says, as a test needs it: its operations, and whether a body is what was documented. Members that
// nobody described are refused, so that the document cannot fall behind the answers.

import { Compile } from 'typebox/schema';

export interface Operation {
  readonly operationId: string;
  readonly security: readonly Record<string, unknown>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly example?: unknown }[];
  readonly requestBody?: {
    /** Without JSON where a file is taken. */
    content: { 'application/json'?: { examples: Record<string, { value: Record<string, unknown> }> } };
  };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

interface Content {
  readonly schema: Node;
}

type Node = Readonly<Record<string, unknown>>;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Node>> };
}

export interface DocumentedCall {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
  /** What it is answered with when all goes well. */
  readonly success: number;
}

export interface ReadDocument {
  readonly raw: object;
  readonly calls: readonly DocumentedCall[];
  /** Why a body of this status is not what is documented; undefined when it is. */
  judge(call: DocumentedCall, status: number, mediaType: string, text: string): string | undefined;
}

export async function readDocument(url: string): Promise<ReadDocument> {
  const raw = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
  const calls = Object.entries(raw.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const [success = 0] = Object.keys(operation.responses).map(Number);
      return { path, method: method.toUpperCase(), operation, success };
    }),
  );

  function resolve(schema: Node): Node {
    const name = String(schema.$ref ?? '')
      .split('/')
      .at(-1);
    return schema.$ref === undefined ? schema : (raw.components.schemas[name ?? ''] ?? {});
  }

  return {
    raw,
    calls,
    judge({ operation }, status, mediaType, text) {
      const documented = operation.responses[status];
      if (documented === undefined) return `status ${status} is not documented`;
      const [type, content] = Object.entries(documented.content ?? {})[0] ?? [];
      if (type === undefined || content === undefined)
        return text === '' ? undefined : 'a body where none is documented';
      if (!mediaType.startsWith(type)) return `${mediaType} instead of ${type}`;
      if (type !== 'application/json') return undefined;
      const validator = Compile(close(resolve(content.schema)));
      const body: unknown = JSON.parse(text);
      if (validator.Check(body)) return undefined;
      return JSON.stringify(validator.Errors(body)[1].slice(0, 3));
    },
  };
}

/** With every object that names its members limited to them. */
function close<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((one) => close(one)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, one]) => [name, close(one)]));
  const names = 'type' in schema && 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return (names.length === 0 ? closed : { ...closed, additionalProperties: false }) as T;
}
