// Calls of /openapi.json, made as they are documented: with their own example, and with what can be known only when it is sent.

import assert from 'node:assert/strict';
import type { DocumentedCall, ReadDocument } from './documented-operations.ts';

/** What stands in for the parts of an example that can be known only when it is sent. */
export interface Filled {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of JSON. */
  readonly file?: string;
}

type Example = Readonly<Record<string, unknown>> | undefined;

export function callNamed({ calls }: ReadDocument, name: string): DocumentedCall {
  const call = calls.find(({ operation }) => operation.operationId === name);
  assert.ok(call !== undefined, name);
  return call;
}

/** Of its body, in their order. */
export function examplesOf({ operation }: DocumentedCall): readonly Example[] {
  const { examples = {} } = operation.requestBody?.content['application/json'] ?? {};
  return Object.values(examples).map(({ value }) => value);
}

/** To the server at `base`. */
export async function sendDocumented(
  base: string,
  { path, method, operation }: DocumentedCall,
  { parameters = {}, body = {}, headers = {}, file }: Filled,
  example: Example,
) {
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place, example: value } of operation.parameters ?? []) {
    if (place === 'path') url = url.replace(`{${name}}`, parameters[name] ?? String(value));
    else if (value !== undefined) query.set(name, String(value));
  }
  const answer = await fetch(`${base}${url}${query.size === 0 ? '' : `?${query}`}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(example === undefined ? {} : { body: JSON.stringify({ ...example, ...body }) }),
    ...(file === undefined ? {} : { body: file }),
  });
  const mediaType = answer.headers.get('content-type') ?? '';
  return { status: answer.status, mediaType, text: await answer.text() };
}
