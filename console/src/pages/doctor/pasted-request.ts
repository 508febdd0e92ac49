// A request as somebody pastes it: as on the wire (request line, headers, empty line, body) or as a curl command.

import type { Input } from '../../api/call.ts';

export type PastedRequest = NonNullable<NonNullable<Input<'POST /explorer/diagnoses'>['body']>['request']>;
type Header = PastedRequest['headers'][number];

/** undefined where it is neither. */
export function readPasted(text: string): PastedRequest | undefined {
  const trimmed = text.replace(/\r\n/g, '\n').replace(/^\s+/, '');
  return /^(?:\$\s+)?curl\s/.test(trimmed) ? readCurl(trimmed.replace(/^\$\s+/, '')) : readWire(trimmed);
}

function readWire(text: string): PastedRequest | undefined {
  const end = text.indexOf('\n\n');
  const [line = '', ...lines] = (end === -1 ? text : text.slice(0, end)).trimEnd().split('\n');
  const [, method, url = ''] = /^(GET|POST)\s+(\S+)(?:\s+HTTP\/[\d.]+)?$/i.exec(line.trim()) ?? [];
  if (method === undefined) return undefined;
  const headers = lines.map(readHeader);
  if (headers.some((header) => header === undefined)) return undefined;
  return {
    method: method.toUpperCase() as 'GET' | 'POST',
    url,
    headers: headers.filter((header) => header !== undefined),
    body: end === -1 ? '' : text.slice(end + 2),
  };
}

function readHeader(line: string): Header | undefined {
  const [, name, value = ''] = /^([^\s:]+):\s*(.*?)\s*$/.exec(line) ?? [];
  return name === undefined ? undefined : { name, value };
}

const BODY = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json']);
/** Of the other options, those that are followed by a word of their own. */
const VALUED = /^(?:-[oAebcuxmwFTKE]|--(?:output|user-agent|max-time|connect-timeout|proxy|cacert|retry))$/;

function readCurl(text: string): PastedRequest | undefined {
  const words = splitWords(text).slice(1);
  const headers: Header[] = [];
  const bodies: string[] = [];
  let method = '';
  let url = '';
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const next = () => {
      index += 1;
      return words[index] ?? '';
    };
    if (word === '-X' || word === '--request') method = next();
    else if (word === '-H' || word === '--header') {
      const header = readHeader(next());
      if (header !== undefined) headers.push(header);
    } else if (BODY.has(word)) bodies.push(next());
    else if (word === '--url') url = next();
    else if (VALUED.test(word)) next();
    else if (!word.startsWith('-')) url = word;
  }
  const hasType = headers.some(({ name }) => name.toLowerCase() === 'content-type');
  if (bodies.length > 0 && !hasType)
    headers.push({ name: 'Content-Type', value: 'application/x-www-form-urlencoded' });
  const body = bodies.join('&');
  // What a shell takes apart is what curl sends, to the last line end; it says so with this header.
  if (bodies.length > 0 && !headers.some(({ name }) => name.toLowerCase() === 'content-length'))
    headers.push({ name: 'Content-Length', value: String(new TextEncoder().encode(body).length) });
  const asked = (method || (bodies.length > 0 ? 'POST' : 'GET')).toUpperCase();
  if (url === '' || (asked !== 'GET' && asked !== 'POST')) return undefined;
  return { method: asked, url, headers, body };
}

/** As a POSIX shell splits them, without anything that it would put in. */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  const PIECE = /\\\n|\s+|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|([^\s'"\\]+)|(['"\\])/g;
  let word: string | undefined;
  for (const [piece, single, double, escaped, plain, stray] of text.matchAll(PIECE)) {
    if (piece === '\\\n') continue;
    if (/^\s+$/.test(piece)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const unquoted = double?.replace(/\\\n/g, '').replace(/\\([\\"$`])/g, '$1');
    word = (word ?? '') + (single ?? unquoted ?? escaped ?? plain ?? stray ?? '');
  }
  return word === undefined ? words : [...words, word];
}
