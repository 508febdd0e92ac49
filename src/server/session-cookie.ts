// The session's cookie (RFC 6265). Under TLS its name begins with __Host-, so that no other host and no plain connection
// can set it; where the caller may not sign in it is neither read nor written.

import type { Caller } from './caller-address.ts';

const NAME = 'lineproof_session';
const VALUE = /^[\w-]{1,128}$/;

/** Passwords and sessions travel over TLS, or never leave the machine. */
export function maySignIn({ isSecure, isLocal }: Caller): boolean {
  return isSecure || isLocal;
}

/** By how the request came. */
export const SESSION_COOKIES = { plain: NAME, tls: `__Host-${NAME}` };

function nameOf({ isSecure }: Caller): string {
  return isSecure ? SESSION_COOKIES.tls : SESSION_COOKIES.plain;
}

/** undefined as well where two came: one of them was planted, and nobody knows which. */
export function readSessionCookie(header: string | undefined, caller: Caller): string | undefined {
  if (header === undefined || !maySignIn(caller)) return undefined;
  const start = `${nameOf(caller)}=`;
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start));
  const [value] = found.map((pair) => pair.slice(start.length));
  return found.length === 1 && value !== undefined && VALUE.test(value) ? value : undefined;
}

export function writeSessionCookie(value: string, maxAgeSeconds: number, caller: Caller): string {
  const secure = caller.isSecure ? '; Secure' : '';
  return `${nameOf(caller)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}
