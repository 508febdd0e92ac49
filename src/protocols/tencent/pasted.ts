// A failing request as the doctor takes it apart. Of one that was pasted nobody knows whether the line end behind the body was
// sent or came with the clipboard, unless Content-Length tells.

import { parseForm } from '../../codecs/form.ts';
import type { FailingRequest } from '../../domain/diagnosis.ts';
import { isFormType } from './authenticate.ts';
import { findHeader, splitTarget, type TencentRequest } from './request.ts';

export interface Pasted {
  readonly wire: TencentRequest;
  readonly authorization: string | undefined;
  /** Of a query or form. */
  readonly values: ReadonlyMap<string, string>;
  /** The body as it may have been sent instead; undefined where it is known. */
  readonly otherBody: string | undefined;
}

const FORM_LIMITS = { maxPairs: 256, maxNameLength: 256 };
const LINE_ENDS = /[\r\n]+$/;

export function readPasted(request: FailingRequest): Pasted {
  const { url } = request;
  const method = request.method.toUpperCase();
  const rawHeaders = request.headers.flat();
  const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (host !== undefined && findHeader(rawHeaders, 'host') === undefined) rawHeaders.push('Host', host);
  const { body, otherBody } = readBody(request, findHeader(rawHeaders, 'content-length'));
  const isForm = method === 'GET' || isFormType(findHeader(rawHeaders, 'content-type') ?? '');
  // A form has no line ends of its own: they are written %0A.
  const form = otherBody === undefined ? body : body.replace(LINE_ENDS, '');
  const parsed = isForm
    ? parseForm(method === 'GET' ? splitTarget(url).query : form, FORM_LIMITS)
    : undefined;
  return {
    wire: { requestId: '', method, url, rawHeaders, receivedAtMs: 0, body: Buffer.from(body) },
    authorization: findHeader(rawHeaders, 'authorization'),
    values: parsed === undefined || typeof parsed === 'string' ? new Map() : parsed,
    otherBody,
  };
}

function readBody({ body, isPasted }: FailingRequest, contentLength: string | undefined) {
  if (isPasted !== true || body === '') return { body, otherBody: undefined };
  const stripped = body.replace(LINE_ENDS, '');
  const sent = [body, stripped, `${stripped}\n`, `${stripped}\r\n`].find(
    (text) => String(Buffer.byteLength(text)) === contentLength?.trim(),
  );
  if (sent !== undefined) return { body: sent, otherBody: undefined };
  return { body, otherBody: stripped === body ? `${body}\n` : stripped };
}
