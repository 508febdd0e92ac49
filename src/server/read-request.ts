// Reads the one shape of request that nearly every signed call has: a POST in HTTP/1.1 that arrived whole, head and body
// in one piece, with nothing unusual in it. Whatever else arrives is left to Node's reader, byte for byte: this one may
// be strict because it never has to refuse.

const HEADERS_MAX = 64;
const HEAD_MIN_BYTES = 24;
const START = Buffer.from('POST ');
const HEAD_END = Buffer.from('\r\n\r\n');
const VERSION = ' HTTP/1.1';
const TARGET = /^\/[!-~]*$/;
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** A lone carriage return or line feed too, which readers understand differently. */
const NOT_PLAIN = /[^\t\x20-\x7e\x80-\xff]/;
const LENGTH = /^\d{1,9}$/;
/** Names seen before need no second look; clients use a dozen. */
const KNOWN_NAMES_MAX = 256;

export interface PlainRequest {
  readonly url: string;
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface RequestReader {
  /** undefined where the bytes are not exactly one such request. The body shares the bytes. */
  read(bytes: Buffer): PlainRequest | undefined;
}

type Header = 'other' | 'length' | 'host' | 'authorization' | 'connection' | 'unusual';

const SPECIAL: Readonly<Record<string, Header>> = {
  'content-length': 'length',
  host: 'host',
  authorization: 'authorization',
  connection: 'connection',
  'transfer-encoding': 'unusual',
  expect: 'unusual',
  upgrade: 'unusual',
  trailer: 'unusual',
  'keep-alive': 'unusual',
  'proxy-connection': 'unusual',
};

export function createRequestReader(headersMaxBytes: number): RequestReader {
  const knownNames = new Map<string, Header>();

  function headerOf(name: string): Header | undefined {
    const known = knownNames.get(name);
    if (known !== undefined || !NAME.test(name)) return known;
    const header = SPECIAL[name.toLowerCase()] ?? 'other';
    if (knownNames.size < KNOWN_NAMES_MAX) knownNames.set(name, header);
    return header;
  }

  /** The announced length of the body; undefined where the headers hold anything unusual. */
  function readHeaders(head: string, start: number, rawHeaders: string[]): number | undefined {
    let length: number | undefined;
    let hosts = 0;
    let authorizations = 0;
    let lineStart = start;
    while (lineStart < head.length) {
      let lineEnd = head.indexOf('\r\n', lineStart);
      if (lineEnd === -1) lineEnd = head.length;
      const colon = head.indexOf(':', lineStart);
      if (colon === -1 || colon >= lineEnd || rawHeaders.length >= HEADERS_MAX * 2) return undefined;
      const name = head.slice(lineStart, colon);
      const value = trimmed(head, colon + 1, lineEnd);
      if (NOT_PLAIN.test(value)) return undefined;
      const header = headerOf(name);
      if (header === undefined || header === 'unusual') return undefined;
      if (header === 'length') {
        if (length !== undefined || !LENGTH.test(value)) return undefined;
        length = Number(value);
      } else if (header === 'host') hosts += 1;
      else if (header === 'authorization') authorizations += 1;
      else if (header === 'connection' && value.toLowerCase() !== 'keep-alive') return undefined;
      rawHeaders.push(name, value);
      lineStart = lineEnd + 2;
    }
    return hosts === 1 && authorizations <= 1 ? length : undefined;
  }

  return {
    read(bytes) {
      if (bytes.length < HEAD_MIN_BYTES || bytes.compare(START, 0, 5, 0, 5) !== 0) return undefined;
      const headEnd = bytes.indexOf(HEAD_END);
      if (headEnd === -1 || headEnd > headersMaxBytes) return undefined;
      const head = bytes.toString('latin1', 0, headEnd);
      const lineEnd = head.indexOf('\r\n');
      const targetEnd = lineEnd - VERSION.length;
      if (!head.startsWith(VERSION, targetEnd)) return undefined;
      const url = head.slice(START.length, targetEnd);
      if (!TARGET.test(url)) return undefined;
      const rawHeaders: string[] = [];
      const length = readHeaders(head, lineEnd + 2, rawHeaders);
      const bodyStart = headEnd + HEAD_END.length;
      if (length === undefined || bytes.length - bodyStart !== length) return undefined;
      return { url, rawHeaders, body: bytes.subarray(bodyStart) };
    },
  };
}

const SPACE = 0x20;
const TAB = 0x09;

/** Without spaces and tabs at both ends; `trim` would take more than that. */
function trimmed(text: string, start: number, end: number): string {
  let first = start;
  let last = end - 1;
  while (first <= last && isBlank(text.charCodeAt(first))) first += 1;
  while (last > first && isBlank(text.charCodeAt(last))) last -= 1;
  return text.slice(first, last + 1);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
