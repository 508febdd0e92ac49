// What every language writes of a call with a bearer token.

import { type BearerCall, TOKEN_VARIABLE } from '../call.ts';
import { joinUrl, readEndpoint } from '../endpoint.ts';

export interface BearerRequest {
  readonly method: string;
  readonly url: string;
  readonly variable: string;
  /** Beside the token and the type of the body. */
  readonly more: readonly (readonly [name: string, value: string])[];
}

export function readRequest({
  endpoint,
  method,
  path,
  headers = {},
  tokenVariable = TOKEN_VARIABLE,
}: BearerCall): BearerRequest {
  if (!/^[A-Z][A-Z0-9_]*$/.test(tokenVariable)) throw new RangeError('not a name of an environment variable');
  // Whatever is no character of a URL is encoded, so that every client sends the same.
  const encoded = path.toWellFormed().replaceAll(/[^\x21-\x7e]|["'<>\\^`{|}#]/gu, encodeURIComponent);
  return {
    method,
    url: joinUrl(readEndpoint(endpoint), encoded.replaceAll("'", '%27')),
    variable: tokenVariable,
    more: Object.entries(headers),
  };
}
