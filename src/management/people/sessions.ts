// Opens a session: 256 random bits that only the visitor keeps.

import type { Person } from '../../ports/people.ts';
import type { ManagementAnswer } from '../route.ts';
import type { PeopleContext } from './context.ts';

const TOKEN_BYTES = 32;

export async function openSession(
  { store, random, clock, sessionMaxMs }: PeopleContext,
  person: Pick<Person, 'id'>,
): Promise<NonNullable<ManagementAnswer['session']>> {
  const value = random.bytes(TOKEN_BYTES).toString('base64url');
  const nowMs = clock.nowMs();
  await store.sessions.open({ token: value, personId: person.id, nowMs, expiresMs: nowMs + sessionMaxMs });
  return { value, maxAgeSeconds: Math.floor(sessionMaxMs / 1000) };
}

/** The cookie that takes the session away. */
export const NO_SESSION = { value: '', maxAgeSeconds: 0 } as const;
