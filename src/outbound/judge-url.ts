// What of a URL can be judged before its name is resolved: said at once, so that nobody sets a webhook that is never called. What
// the name leads to is judged at each call (pin-target.ts).

import { TransportError } from '../ports/transport.ts';
import { isOpenPort } from './pin-target.ts';
import { readUrl } from './read-url.ts';
import { createAddressJudge } from './special-ranges.ts';

/** May an account's URL lead there, as far as it says itself? Throws Error for a permitted network that is none. */
export function createUrlJudge(permittedNetworks: readonly string[]): (url: string) => boolean {
  const judge = createAddressJudge(permittedNetworks);
  return (url) => {
    try {
      const { host, isAddress, isSecure, port } = readUrl(url);
      const verdict = isAddress ? judge(host) : 'public';
      if (verdict === 'permitted') return true;
      // A name may lead into a permitted network.
      if (!isAddress && permittedNetworks.length > 0) return true;
      return verdict === 'public' && isSecure && isOpenPort(port);
    } catch (error) {
      if (error instanceof TransportError) return false;
      throw error;
    }
  };
}
