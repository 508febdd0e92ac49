// What is kept of a request that could not be authenticated: names, lengths, hashes, and headers that hold nothing personal;
// never Authorization, never a value of a parameter.

import { hash } from 'node:crypto';
import { parseForm } from '../../codecs/form.ts';
import type { StoredFailure } from '../../domain/diagnosis.ts';
import { isFormType } from './authenticate.ts';
import { findHeader, splitTarget, type TencentRequest } from './request.ts';

export type FailureOutline = Pick<
  StoredFailure,
  'method' | 'path' | 'headers' | 'queryFields' | 'bodyLength' | 'bodySha256' | 'bodyFields'
>;

const SHOWN = new Set([
  ...['host', 'content-type', 'content-length', 'user-agent', 'accept', 'transfer-encoding'],
  ...['x-tc-action', 'x-tc-version', 'x-tc-timestamp', 'x-tc-region', 'x-tc-language', 'x-tc-requestclient'],
  'x-tc-content-sha256',
]);
const HEADERS_MAX = 64;
const FIELDS_MAX = 64;
const TEXT_MAX_LENGTH = 200;
/** Bodies above this are not taken apart. */
const READ_MAX_LENGTH = 8192;
const FIELD_NAME = /^[A-Za-z][\w.]{0,63}$/;

export function outlineFailure({ method, url, rawHeaders, body }: TencentRequest): FailureOutline {
  const { path, query } = splitTarget(url);
  const isForm = isFormType(findHeader(rawHeaders, 'content-type') ?? '');
  const text = body.length > READ_MAX_LENGTH ? '' : body.toString();
  return {
    method: method.slice(0, 16),
    path: path.slice(0, TEXT_MAX_LENGTH),
    headers: outlineHeaders(rawHeaders),
    queryFields: query.length > READ_MAX_LENGTH ? [] : formFields(query),
    bodyLength: body.length,
    bodySha256: hash('sha256', body, 'hex'),
    bodyFields: isForm ? formFields(text) : jsonFields(text),
  };
}

function outlineHeaders(rawHeaders: readonly string[]): FailureOutline['headers'] {
  const headers = [];
  for (let at = 0; at + 1 < rawHeaders.length && headers.length < HEADERS_MAX; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    if (name === 'authorization') continue;
    const shown = SHOWN.has(name) ? value.slice(0, TEXT_MAX_LENGTH) : null;
    headers.push({ name: name.slice(0, TEXT_MAX_LENGTH), length: value.length, value: shown });
  }
  return headers;
}

function formFields(text: string): FailureOutline['queryFields'] {
  const values = parseForm(text, { maxPairs: FIELDS_MAX, maxNameLength: TEXT_MAX_LENGTH });
  return typeof values === 'string' ? [] : [...values].map(([name, value]) => fieldOf(name, value.length));
}

function jsonFields(text: string): FailureOutline['bodyFields'] {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== 'object' || content === null) return [];
    return Object.entries(content)
      .slice(0, FIELDS_MAX)
      .map(([name, value]) =>
        fieldOf(name, typeof value === 'string' ? value.length : JSON.stringify(value).length),
      );
  } catch {
    return [];
  }
}

/** A name that no field could have may hold anything, so that it is not kept. */
function fieldOf(name: string, length: number) {
  return { name: FIELD_NAME.test(name) ? name : '(other)', length };
}
