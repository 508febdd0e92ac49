// A request as the server hands it over, whether it is one of this protocol, and what the protocol reads of its head.

export interface AceDataRequest {
  readonly requestId: string;
  readonly method: string;
  /** As requested: path and query. */
  readonly url: string;
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly receivedAtMs: number;
  readonly address?: () => string;
}

const ROOT = '/identity';

/** By the URL alone: everything below /identity is this protocol's, whatever the method. */
export function isAceDataRequest(url: string): boolean {
  if (url.startsWith('/')) return url.startsWith(ROOT) && isEndOfName(url, ROOT.length);
  const path = pathOf(url);
  return path.startsWith(ROOT) && isEndOfName(path, ROOT.length);
}

function isEndOfName(url: string, at: number): boolean {
  const next = url[at];
  return next === undefined || next === '/' || next === '?';
}

/** Without the query, and without one slash at the end. */
export function pathOf(url: string): string {
  const target = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The value of a header by its lower-case name; of a repeated one the first. */
export function findHeader(rawHeaders: readonly string[], lowerName: string): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length !== lowerName.length) continue;
    if (name === lowerName || name.toLowerCase() === lowerName) return rawHeaders[i + 1];
  }
  return undefined;
}
