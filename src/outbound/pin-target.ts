// Whether a URL that an account chose may be called, and on which addresses: its name is resolved once, every address must be
// public, and the connection goes to exactly those (no second look-up that could answer otherwise, as DNS rebinding does).

import { isIP } from 'node:net';
import { TransportError } from '../ports/transport.ts';
import type { Target } from './read-url.ts';
import { reasonOf } from './reason-of.ts';
import type { AddressVerdict } from './special-ranges.ts';
import { orStop, type Stop } from './stop.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name, in the order to try. Rejects with an Error that has a code such as ENOTFOUND. */
export type Resolve = (name: string) => Promise<readonly ResolvedAddress[]>;

const HTTPS_PORT = 443;
/** Below are other services' ports. Above, receivers that cannot have 443 are found, and all must speak TLS first. */
const OPEN_PORT_MIN = 1024;
const ADDRESSES_MAX = 16;

export function isOpenPort(port: number): boolean {
  return port === HTTPS_PORT || port >= OPEN_PORT_MIN;
}

/**
 * The addresses that may be connected to. Throws TransportError: refused, or unreachable when the name does not resolve. Plain
 * http and any port are for networks that the operator permits.
 */
export async function pinTarget(
  target: Target,
  judge: (address: string) => AddressVerdict,
  resolve: Resolve,
  stop: Stop,
): Promise<readonly ResolvedAddress[]> {
  const { host, isAddress } = target;
  const found = isAddress ? [{ address: host, family: isIP(host) }] : await lookUp(host, resolve, stop);
  if (found.length === 0) throw new TransportError('unreachable', 'ENOTFOUND');
  const verdicts = found.map(({ address }) => judge(address));
  // One bad address among good ones is refused too: which one is connected to would be chance.
  if (verdicts.includes('special')) throw new TransportError('refused', 'private_address');
  if (verdicts.includes('public')) {
    if (!target.isSecure) throw new TransportError('refused', 'not_https');
    if (!isOpenPort(target.port)) throw new TransportError('refused', 'bad_port');
  }
  return found.slice(0, ADDRESSES_MAX);
}

async function lookUp(name: string, resolve: Resolve, stop: Stop): Promise<readonly ResolvedAddress[]> {
  try {
    return await orStop(resolve(name), stop);
  } catch (error) {
    if (error instanceof TransportError) throw error;
    throw new TransportError('unreachable', reasonOf(error));
  }
}
