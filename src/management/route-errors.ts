// Every error that a management call can answer: what its row names, and what holds for all rows of its kind.

import { MANAGEMENT_ERRORS, type ManagementErrorCode, type RouteDefinition } from './route.ts';

export function errorsOf({ errors, access, method, body, group }: RouteDefinition): ManagementErrorCode[] {
  const isChanging = method !== 'GET';
  const isOpen = access.every((one) => one === 'public');
  const takesPasswords = isOpen && group === 'people';
  const isOwner = access.includes('session') || access.includes('platform-token');
  const can = new Set<ManagementErrorCode>([...errors, 'bad_request', 'unavailable', 'internal']);
  if (!isOpen) can.add('not_signed_in');
  if (takesPasswords || !access.includes('public')) can.add('forbidden');
  if (isChanging && (isOpen || access.includes('session'))) can.add('csrf');
  if (isChanging && isOwner) can.add('too_many_requests');
  if (body !== undefined) can.add('too_large');
  return (Object.keys(MANAGEMENT_ERRORS) as ManagementErrorCode[]).filter((code) => can.has(code));
}
