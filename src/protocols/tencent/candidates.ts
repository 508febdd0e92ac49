// Which host and path a client may have signed (reference: the official SDKs differ). The Node SDK signs the host without
// its port and the real path, the others sign the Host header and "/"; a gateway in front may have replaced the host.

export const EXTRA_HOSTS_MAX = 4;

const HOST_KINDS = 4;

export interface Candidate {
  readonly host: string;
  readonly path: string;
}

export interface Candidates {
  /** Kinds are the same for every request, so that the one that fitted last can be tried first. */
  readonly kinds: number;
  at(kind: number): Candidate | undefined;
}

export type FindCandidates = (host: string, path: string) => Candidates;

export function createCandidates(extraHosts: readonly string[]): FindCandidates {
  if (extraHosts.length > EXTRA_HOSTS_MAX) {
    throw new RangeError(`at most ${EXTRA_HOSTS_MAX} extra host names can be tried`);
  }
  const hostKinds = HOST_KINDS + extraHosts.length;

  function hostOf(kind: number, host: string): string | undefined {
    if (kind === 0) return host;
    if (kind === 1) return withoutPort(host);
    if (kind === 2) return host.toLowerCase();
    if (kind === 3) return withoutPort(host).toLowerCase();
    return extraHosts[kind - HOST_KINDS];
  }

  /** undefined where an earlier kind is the same, so that no text is signed twice. */
  function at(kind: number, host: string, path: string): Candidate | undefined {
    const hostKind = kind >> 1;
    const named = hostOf(hostKind, host);
    if (named === undefined) return undefined;
    for (let earlier = 0; earlier < hostKind; earlier += 1) {
      if (hostOf(earlier, host) === named) return undefined;
    }
    if ((kind & 1) === 0) return { host: named, path };
    return path === '/' ? undefined : { host: named, path: '/' };
  }

  return (host, path) => ({ kinds: hostKinds * 2, at: (kind) => at(kind, host, path) });
}

/** '[::1]:8080' -> '[::1]'; a bare IPv6 address has no port to take off. */
function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  if (colon === -1 || host.indexOf(':') !== colon) {
    const bracket = host.lastIndexOf(']:');
    return bracket === -1 ? host : host.slice(0, bracket + 1);
  }
  const port = host.slice(colon + 1);
  return /^\d{1,5}$/.test(port) ? host.slice(0, colon) : host;
}
