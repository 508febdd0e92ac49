// Which addresses are public: everything but the ranges with a special purpose, by IANA's registries of special-purpose
// addresses for IPv4 and IPv6 (RFC 6890) and of the IPv6 address space, which gives out global addresses in 2000::/3 only.

import { BlockList, isIP } from 'node:net';

/** public: anywhere on the Internet. permitted: in a network that the operator allows all the same. */
export type AddressVerdict = 'public' | 'permitted' | 'special';

export const SPECIAL_IPV4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by carriers; clouds keep services there
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // not IANA's: what a cloud's own services answer on, inside each machine's network
  '169.254.0.0/16', // link-local; clouds give out credentials there
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and the broadcast address
] as const;

/** Inside 2000::/3; what lies outside (::1, ::ffff:0:0/96, 64:ff9b::/96, fc00::/7, fe80::/10, ff00::/8 ...) is special as such. */
export const SPECIAL_IPV6 = [
  '2001::/23', // protocol assignments: Teredo, benchmarking, ORCHID ...
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: holds an IPv4 address
  '2620:4f:8000::/48', // AS112
  '3ffe::/16', // the 6bone, given back
  '3fff::/20', // documentation
] as const;
const GLOBAL_IPV6 = ['2000::/3'] as const;

const FAMILIES = { 4: 'ipv4', 6: 'ipv6' } as const;
const BITS = { 4: 32, 6: 128 } as const;

/** Judges addresses as text. Throws Error when a permitted network is no CIDR block and no address. */
export function createAddressJudge(permitted: readonly string[]): (address: string) => AddressVerdict {
  const allowed = listOf(permitted);
  // Lists of their own: in a common one an IPv6 block for mapped addresses would hold every IPv4 address.
  const special = { 4: listOf(SPECIAL_IPV4), 6: listOf(SPECIAL_IPV6) };
  const global = listOf(GLOBAL_IPV6);
  return (address) => {
    const version = isIP(address);
    if ((version !== 4 && version !== 6) || address.includes('%')) return 'special';
    const family = FAMILIES[version];
    if (allowed.check(address, family)) return 'permitted';
    if (special[version].check(address, family)) return 'special';
    return version === 4 || global.check(address, family) ? 'public' : 'special';
  };
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits, ...rest] = network.split('/');
    const version = isIP(address);
    const isUsable = (version === 4 || version === 6) && !address.includes('%') && rest.length === 0;
    if (!isUsable || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= BITS[version])))
      throw new Error(`${network} is neither an address nor a network such as 10.0.0.0/8`);
    list.addSubnet(address, bits === undefined ? BITS[version] : Number(bits), FAMILIES[version]);
  }
  return list;
}
