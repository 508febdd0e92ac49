// The calls that have paths of their own, as /openapi.json describes them: forms, help and samples are read off it.

import { useQuery } from '@tanstack/react-query';
import { CallError } from '../../api/call.ts';

export interface Field {
  readonly name: string;
  readonly isRequired: boolean;
  readonly title: string;
  readonly titleZh: string;
  /** undefined where any text may stand. */
  readonly choices: readonly string[] | undefined;
}

export interface Operation {
  /** 'check-1e'. */
  readonly name: string;
  readonly path: string;
  readonly summary: string;
  readonly summaryZh: string;
  readonly fields: readonly Field[];
  readonly examples: readonly { readonly title: string; readonly values: Readonly<Record<string, string>> }[];
}

interface PropertyText {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly title?: string;
  readonly description?: string;
  readonly 'x-title-zh'?: string;
}

interface OperationText {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly 'x-summary-zh': string;
  readonly requestBody: {
    readonly content: {
      readonly 'application/json': {
        readonly schema: {
          readonly properties: Readonly<Record<string, PropertyText>>;
          readonly required?: readonly string[];
        };
        readonly examples: Readonly<Record<string, { summary: string; value: Record<string, string> }>>;
      };
    };
  };
}

interface DocumentText {
  readonly paths: Readonly<Record<string, { readonly post?: OperationText }>>;
}

/** Of encrypted calls, which a form does not make. */
const SEALED = new Set(['encryption', 'encrypt_list', 'ciphertext_blob', 'iv', 'algorithm', 'tag_list']);

export function useOperations() {
  return useQuery({ queryKey: ['openapi'], queryFn: readOperations, staleTime: Number.POSITIVE_INFINITY });
}

async function readOperations(): Promise<readonly Operation[]> {
  const response = await fetch('/openapi.json', { credentials: 'omit' });
  if (!response.ok) throw new CallError('unavailable', response.status, '', '');
  const { paths } = (await response.json()) as DocumentText;
  return Object.entries(paths).flatMap(([path, { post }]) =>
    post?.tags.includes('identity') === true ? [operationOf(path, post)] : [],
  );
}

function operationOf(path: string, text: OperationText): Operation {
  const { schema, examples } = text.requestBody.content['application/json'];
  const fields = Object.entries(schema.properties).filter(([name]) => !SEALED.has(name));
  return {
    name: text.operationId,
    path,
    summary: text.summary,
    summaryZh: text['x-summary-zh'],
    fields: fields.map(([name, property]) => ({
      name,
      isRequired: schema.required?.includes(name) === true,
      title: property.title ?? property.description ?? '',
      titleZh: property['x-title-zh'] ?? property.title ?? property.description ?? '',
      choices: property.enum?.filter((value): value is string => typeof value === 'string' && value !== ''),
    })),
    examples: Object.values(examples).map(({ summary, value }) => ({ title: summary, values: value })),
  };
}
