// The address that a sample calls, taken apart once for every language.

export interface Endpoint {
  readonly scheme: 'http' | 'https';
  /** As in the Host header: with the port unless it is the scheme's own. */
  readonly host: string;
  readonly hostname: string;
  readonly port: number;
  /** At least '/'. */
  readonly path: string;
  readonly url: string;
}

/** Throws a RangeError for anything but http or https without user, query and fragment. */
export function readEndpoint(text: string): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url?.protocol === 'http:' ? 'http' : 'https';
  if (url === undefined || (scheme === 'https' && url.protocol !== 'https:'))
    throw new RangeError('an endpoint starts with http:// or https://');
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw new RangeError('an endpoint has no user, query or fragment');
  return {
    scheme,
    host: url.host,
    hostname: url.hostname,
    port: url.port === '' ? (scheme === 'http' ? 80 : 443) : Number(url.port),
    path: url.pathname,
    url: `${url.origin}${url.pathname}`,
  };
}

/** The endpoint's own path, then the call's. */
export function joinUrl(endpoint: Endpoint, path: string): string {
  return `${endpoint.url.replace(/\/+$/, '')}${path}`;
}
