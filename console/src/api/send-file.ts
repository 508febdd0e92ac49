// A file as the body of a call, with what the browser knows of how far it is: fetch would not say.

import { type Answer, CallError, errorOf } from './call.ts';

type Name = 'POST /operator/registry/uploads';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  gz: 'application/gzip',
};

export interface Sending {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Of 1. */
  readonly onProgress: (part: number) => void;
}

/** Throws CallError as `call` does; 'unreachable' also when it was given up. */
export function sendFile(
  name: Name,
  file: File,
  { query = {}, signal, onProgress }: Sending,
): Promise<Answer<Name>> {
  const [method = '', path = ''] = name.split(' ');
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const ending = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const giveUp = () => request.abort();
    signal.addEventListener('abort', giveUp);
    request.open(method, `/api/v1${path}?${new URLSearchParams(pairs)}`);
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', MEDIA_TYPES[ending] ?? 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener('loadend', () => {
      signal.removeEventListener('abort', giveUp);
      if (request.status === 0) reject(new CallError('unreachable', 0, '', ''));
      else if (request.status >= 400) reject(errorOf(request.status, request.response));
      else resolve(request.response as Answer<Name>);
    });
    request.send(file);
  });
}
