// A request as the server hands it over, and what the protocol reads of its head: one pass over the raw headers.

export interface TencentRequest {
  readonly requestId: string;
  readonly method: string;
  /** As requested: path and query. */
  readonly url: string;
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  /** The raw bytes; signatures are over them. */
  readonly body: Buffer;
  readonly receivedAtMs: number;
  readonly address?: () => string;
}

export interface RequestHead {
  host: string;
  contentType: string;
  authorization: string | undefined;
  action: string | undefined;
  version: string | undefined;
  timestamp: string | undefined;
  token: string | undefined;
  language: string | undefined;
  contentSha256: string | undefined;
  idempotencyKey: string | undefined;
}

/** Of a repeated header the first one counts, here and in `findHeader`. */
export function readHead(rawHeaders: readonly string[]): RequestHead {
  const head: RequestHead = {
    host: '',
    contentType: '',
    authorization: undefined,
    action: undefined,
    version: undefined,
    timestamp: undefined,
    token: undefined,
    language: undefined,
    contentSha256: undefined,
    idempotencyKey: undefined,
  };
  // Backwards, so that the first of a repeated name is the one that stays.
  for (let i = rawHeaders.length - 2; i >= 0; i -= 2) {
    readHeader(head, rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '');
  }
  return head;
}

/** The length decides which name it can be; that spares most comparisons. */
function readHeader(head: RequestHead, name: string, value: string): void {
  switch (name.length) {
    case 4:
      if (isName(name, 'Host', 'host')) head.host = value;
      break;
    case 10:
      if (isName(name, 'X-TC-Token', 'x-tc-token')) head.token = value;
      break;
    case 11:
      if (isName(name, 'X-TC-Action', 'x-tc-action')) head.action = value;
      break;
    case 12:
      if (isName(name, 'Content-Type', 'content-type')) head.contentType = value;
      else if (isName(name, 'X-TC-Version', 'x-tc-version')) head.version = value;
      break;
    case 13:
      if (isName(name, 'Authorization', 'authorization')) head.authorization = value;
      else if (isName(name, 'X-TC-Language', 'x-tc-language')) head.language = value;
      break;
    case 14:
      if (isName(name, 'X-TC-Timestamp', 'x-tc-timestamp')) head.timestamp = value;
      break;
    case 15:
      if (isName(name, 'Idempotency-Key', 'idempotency-key')) head.idempotencyKey = value;
      break;
    case 19:
      if (isName(name, 'X-TC-Content-SHA256', 'x-tc-content-sha256')) head.contentSha256 = value;
      break;
    default:
  }
}

function isName(name: string, usual: string, lower: string): boolean {
  return name === usual || name === lower || name.toLowerCase() === lower;
}

/** The value of a header by its lower-case name. */
export function findHeader(rawHeaders: readonly string[], lowerName: string): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return rawHeaders[i + 1];
  }
  return undefined;
}

export interface Target {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

const NOT_ASCII = /[^\0-\x7f]/;

export function splitTarget(url: string): Target {
  const target = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  if (mark === -1) return { path: target === '' ? '/' : target, query: '' };
  const query = target.slice(mark + 1);
  return {
    path: mark === 0 ? '/' : target.slice(0, mark),
    // HTTP hands over bytes as Latin-1; what a sloppy client sends there is UTF-8.
    query: NOT_ASCII.test(query) ? Buffer.from(query, 'latin1').toString('utf8') : query,
  };
}

const PATHS: ReadonlySet<string> = new Set(['/', '/tencent', '/tencent/']);

/** Is the request one of this protocol? A person who opens the server's address in a browser is not calling it. */
export function isTencentRequest(method: string, url: string, rawHeaders: readonly string[]): boolean {
  const { path, query } = splitTarget(url);
  if (!PATHS.has(path)) return false;
  if (path !== '/' || (method !== 'GET' && method !== 'HEAD')) return true;
  const called =
    findHeader(rawHeaders, 'x-tc-action') !== undefined || /(?:^|&)(?:Action|Signature)=/.test(query);
  return called || !(findHeader(rawHeaders, 'accept') ?? '').includes('text/html');
}

const TRACE_ID = /^[\x21-\x7e]{1,128}$/;

/** The caller's trace id, if it may be sent back as a header. */
export function traceIdOf(rawHeaders: readonly string[]): string | undefined {
  const traceId = findHeader(rawHeaders, 'x-tc-traceid');
  return traceId !== undefined && TRACE_ID.test(traceId) ? traceId : undefined;
}
