// What a request must show so that no other site can have made a browser send it, and passwords travel safely.

import type { FastifyRequest } from 'fastify';
import { isJsonType } from '../management/read-input.ts';
import { ManagementError, type RouteDefinition, type Visitor } from '../management/route.ts';
import { opensSession } from '../management/route-errors.ts';
import type { Caller } from './caller-address.ts';
import { provenanceOf } from './same-origin.ts';
import { maySignIn } from './session-cookie.ts';

const CHANGING = new Set<string>(['POST', 'PUT', 'PATCH', 'DELETE']);

export function isChanging(method: string): boolean {
  return CHANGING.has(method);
}

/** A cookie comes along whoever made the browser send the request. */
export function isShownByCookie(visitor: Visitor): boolean {
  return (
    visitor.access === 'session' || (visitor.access === 'operator' && visitor.operatorSession !== undefined)
  );
}

/** Rows for people without a session take passwords and codes, and most of them answer with a session. */
export function refuseUnsafe(row: RouteDefinition, { headers }: FastifyRequest, caller: Caller): void {
  if (!row.access.includes('public')) return;
  if (opensSession(row) && !maySignIn(caller))
    throw new ManagementError('forbidden', 'Passwords are not accepted over plain HTTP: use HTTPS.');
  // Another site must not sign somebody in as somebody else, nor make browsers knock at anything.
  if (isChanging(row.method) && provenanceOf(headers, caller) === 'foreign')
    throw new ManagementError('csrf');
}

/**
 * A browser sends the cookie whoever asks: what changes something must come from a page of ours, as JSON or as a file of
 * a media type that no form has.
 */
export function refuseForged(
  row: RouteDefinition,
  { method, headers }: FastifyRequest,
  caller: Caller,
): void {
  if (!isChanging(method)) return;
  if (provenanceOf(headers, caller) !== 'own') throw new ManagementError('csrf');
  if (row.streamed === undefined && !isJsonType(headers['content-type'] ?? ''))
    throw new ManagementError('csrf', 'A session needs the content type application/json.');
}
