// Does a request come from a page of this very origin? Browsers say so in Sec-Fetch-Site and Origin, which no page can
// write. Whatever they say must agree; what says nothing comes from no browser.

import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './caller-address.ts';

export type Provenance = 'own' | 'foreign' | 'unsaid';

export function provenanceOf(headers: IncomingHttpHeaders, caller: Caller): Provenance {
  const { origin, 'sec-fetch-site': site } = headers;
  const said: boolean[] = [];
  if (site !== undefined) said.push(site === 'same-origin');
  if (origin !== undefined) said.push(isOwn(origin, caller));
  if (said.length === 0) return 'unsaid';
  return said.every((own) => own) ? 'own' : 'foreign';
}

function isOwn(origin: string, { isSecure, host }: Caller): boolean {
  return host !== '' && origin.toLowerCase() === `${isSecure ? 'https' : 'http'}://${host.toLowerCase()}`;
}
