// URLs as the transport takes them: http or https, without credentials. Hosts in odd spellings (0x7f.1, 2130706433, full-width
// digits) are addresses after the URL parser has read them (WHATWG URL, host parsing).

import { isIP } from 'node:net';
import { TransportError } from '../ports/transport.ts';

export interface Target {
  readonly isSecure: boolean;
  /** A name, or an address without brackets. */
  readonly host: string;
  /** Is the host an address? */
  readonly isAddress: boolean;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
}

const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/** Throws TransportError 'refused', 'bad_url'. */
export function readUrl(text: string): Target {
  const url = URL.parse(text);
  const isSecure = url?.protocol === 'https:';
  if (url === null || !(isSecure || url.protocol === 'http:') || url.username !== '' || url.password !== '')
    throw new TransportError('refused', 'bad_url');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (isSecure ? HTTPS_PORT : HTTP_PORT) : Number(url.port);
  return { isSecure, host, isAddress: isIP(host) !== 0, port, path: url.pathname + url.search };
}
