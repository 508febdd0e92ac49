// Every call of the console: same origin, the session's cookie, JSON, typed by the server's own description. What fails is a
// CallError with the server's code, which pages put into words.

import type { Operations } from '../../generated/operations.ts';

export type OperationName = keyof Operations;
export type Answer<Name extends OperationName> = Operations[Name]['answer'];

type Loose<Fields> = { readonly [Key in keyof Fields]: Fields[Key] | undefined };
type Part<Key extends string, Fields> = Fields extends undefined
  ? unknown
  : Record<never, never> extends Fields
    ? { readonly [K in Key]?: Loose<Fields> }
    : { readonly [K in Key]: Loose<Fields> };
export type Input<Name extends OperationName> = Part<'path', Operations[Name]['path']> &
  Part<'query', Operations[Name]['query']> &
  Part<'body', Operations[Name]['body']>;

interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

interface Remark {
  readonly code: string;
  readonly parameters: object;
}

export class CallError extends Error {
  /** Of the server's table of errors; 'unreachable' where there was no answer. */
  readonly code: string;
  readonly status: number;
  readonly traceId: string;
  /** The message for readers of other languages. */
  readonly remark: Remark | undefined;

  constructor(code: string, status: number, message: string, traceId: string, remark?: Remark) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.status = status;
    this.traceId = traceId;
    this.remark = remark;
  }
}

export async function call<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Name>> {
  const [method = '', template = ''] = name.split(' ');
  const { path = {}, query = {}, body }: AnyInput = input;
  const address = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(path[key])));
  const response = await fetch(`/api/v1${address}${textOf(query)}`, {
    method,
    credentials: 'same-origin',
    redirect: 'error',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new CallError('unreachable', 0, error instanceof Error ? error.message : '', '');
  });
  const answer = await response.json().catch(() => undefined);
  if (!response.ok) throw errorOf(response.status, answer);
  return answer as Answer<Name>;
}

function textOf(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

interface ErrorBody {
  readonly error?: { readonly code?: string; readonly message?: string; readonly remark?: Remark };
  readonly code?: string;
  readonly detail?: string;
  readonly trace_id?: string;
}

/** Both envelopes: our own, and AceData's for the calls that it has. */
export function errorOf(status: number, answer: unknown): CallError {
  const body: ErrorBody = typeof answer === 'object' && answer !== null ? answer : {};
  const code = body.error?.code ?? body.code ?? 'internal';
  const message = body.error?.message ?? body.detail ?? '';
  return new CallError(code, status, message, body.trace_id ?? '', body.error?.remark);
}
