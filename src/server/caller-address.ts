// Who is at the other end: the socket's address, unless that is a proxy whom the operator trusts; then what the trusted
// ones say, read from the right, because anybody may have written what stands further left.

import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, type Socket } from 'node:net';

export interface Caller {
  readonly address: string;
  /** TLS, all the way as far as we can know. */
  readonly isSecure: boolean;
  /** The same machine, with nothing in between but trusted proxies that say so. */
  readonly isLocal: boolean;
  /** The host that the caller asked for. */
  readonly host: string;
}

export type ReadCaller = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => Caller;
/** Of a request whose headers nobody has parsed yet. */
export type ReadAddress = (socket: Socket, rawHeaders: readonly string[]) => string;

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1)$/;
/** Headers by which a proxy shows itself, trusted or not. */
const OF_PROXIES = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];
const HOPS_MAX = 32;

/** `trusted`: addresses and networks, such as 10.0.0.0/8. Throws for one that is neither. */
export function createCallerReader(trusted: readonly string[]): ReadCaller {
  const proxies = new BlockList();
  for (const network of trusted) addNetwork(proxies, network);
  const isTrusted = (address: string): boolean => {
    const family = isIP(address);
    return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };

  /** `isNamed`: some proxy said that this is the caller, rather than nothing that can be read. */
  function followHops(socketAddress: string, forwarded: string): { address: string; isNamed: boolean } {
    let address = socketAddress;
    const hops = forwarded.split(',', HOPS_MAX + 1);
    if (hops.length > HOPS_MAX) return { address, isNamed: false };
    while (isTrusted(address) && hops.length > 0) {
      const hop = plainAddress(hops.pop()?.trim() ?? '');
      if (isIP(hop) === 0) return { address, isNamed: false };
      address = hop;
    }
    return { address, isNamed: true };
  }

  return ({ headers, socket }) => {
    const socketAddress = plainAddress(socket.remoteAddress ?? '');
    const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
    const host = headers.host ?? '';
    if (!isTrusted(socketAddress)) {
      const isDirect = !OF_PROXIES.some((name) => headers[name] !== undefined);
      const isLocal = isDirect && LOOPBACK.test(socketAddress);
      return { address: socketAddress, isSecure: isEncrypted, isLocal, host };
    }
    const { address, isNamed } = followHops(socketAddress, textOf(headers['x-forwarded-for']));
    return {
      address,
      isSecure: lastOf(headers['x-forwarded-proto']).toLowerCase() === 'https',
      // A proxy on this machine that names nobody may speak for anybody.
      isLocal: isNamed && LOOPBACK.test(address),
      host: lastOf(headers['x-forwarded-host']) || host,
    };
  };
}

/** Only the header that says where a request came from is read. */
export function createAddressReader(readCaller: ReadCaller): ReadAddress {
  return (socket, rawHeaders) => {
    const hops: string[] = [];
    for (let i = 0; i < rawHeaders.length; i += 2)
      if (rawHeaders[i]?.toLowerCase() === 'x-forwarded-for') hops.push(rawHeaders[i + 1] ?? '');
    const headers = hops.length === 0 ? {} : { 'x-forwarded-for': hops.join(',') };
    return readCaller({ headers, socket } as Parameters<ReadCaller>[0]).address;
  };
}

function addNetwork(proxies: BlockList, network: string): void {
  const [address = '', bits, ...rest] = network.split('/');
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (family === 0 || rest.length > 0 || !(prefix <= most))
    throw new Error(`trustedProxies: ${network} is neither an address nor a network such as 10.0.0.0/8`);
  proxies.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
}

/** Without a port, brackets, and the IPv6 form of an IPv4 address. */
function plainAddress(text: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const [, withPort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text) ?? [];
  return (bracketed ?? withPort ?? text).replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(',') : (header ?? '');
}

function lastOf(header: string | string[] | undefined): string {
  return textOf(header).split(',').at(-1)?.trim() ?? '';
}
