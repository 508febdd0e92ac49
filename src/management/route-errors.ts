// Every error that a management call can answer: what its row names, and what holds for all rows of its kind.

import { MANAGEMENT_ERRORS, type ManagementErrorCode, type RouteDefinition } from './route.ts';

/** Takes a password, a code or a link from whoever comes: only over a safe way, and from no other site. */
export function opensSession({ method, access, group }: RouteDefinition): boolean {
  const isOpen = access.every((one) => one === 'public');
  return method !== 'GET' && isOpen && (group === 'people' || group === 'operator');
}

export function errorsOf(route: RouteDefinition): ManagementErrorCode[] {
  const { errors, access, method, body } = route;
  const isChanging = method !== 'GET';
  const isOpen = access.every((one) => one === 'public');
  const takesPasswords = opensSession(route);
  const isOwner = access.includes('session') || access.includes('platform-token');
  const can = new Set<ManagementErrorCode>([...errors, 'bad_request', 'unavailable', 'internal']);
  if (!isOpen) can.add('not_signed_in');
  if (takesPasswords || !access.includes('public')) can.add('forbidden');
  if (isChanging && (isOpen || access.includes('session') || access.includes('operator'))) can.add('csrf');
  if (isChanging && isOwner) can.add('too_many_requests');
  if (body !== undefined) can.add('too_large');
  return (Object.keys(MANAGEMENT_ERRORS) as ManagementErrorCode[]).filter((code) => can.has(code));
}
