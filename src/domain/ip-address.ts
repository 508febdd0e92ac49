// IP addresses as texts, and the networks that one household or machine has: who has a network of IPv6 has more addresses in it
// than anybody could count, so they count as one.

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^[0-9a-f:.]{2,45}$/i;
const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;
const GROUPS = 8;
/** RFC 6177: what one site gets at the least. */
const NETWORK_GROUPS = 4;

/** In one spelling; undefined for anything else. */
export function parseIpAddress(text: string): string | undefined {
  const plain = text.replace(MAPPED, '');
  if (IPV4.test(plain)) return plain;
  if (!IPV6.test(plain)) return undefined;
  return URL.parse(`http://[${plain}]/`)?.hostname.slice(1, -1);
}

/** An IPv4 address itself, of an IPv6 address its first 64 bits; a text that is no address as it is. */
export function networkOf(address: string): string {
  const parsed = parseIpAddress(address);
  if (parsed === undefined) return address;
  if (!parsed.includes(':')) return parsed;
  const [head = '', tail] = parsed.split('::');
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = groups(tail);
  const missing = Array.from({ length: GROUPS - before.length - after.length }, () => '0');
  return [...before, ...missing, ...after].slice(0, NETWORK_GROUPS).join(':');
}
