// Sessions of a person as they are listed: to the person, and to operators.

import { Type } from '../../core/json-schema.ts';
import { sortRows } from '../../domain/sorting.ts';
import type { PersonSession } from '../../ports/people.ts';
import { createOrdering } from '../ordering.ts';
import type { ManagementRequest } from '../route.ts';
import { timeText } from '../time-text.ts';

export const SESSION = Type.Object({
  id: Type.String(),
  created_at: Type.String(),
  used_at: Type.String({ description: 'The last time, to the minute.' }),
  expires_at: Type.String({ description: 'Unless it is used before.' }),
});

/** A person has a bounded number of them. */
export const SESSION_ORDER = createOrdering(
  { created_at: 'created', used_at: 'used', expires_at: 'ends' },
  '-created_at',
);

export function sortSessions(sessions: readonly PersonSession[], request: ManagementRequest) {
  const values = {
    created: ({ createdMs }: PersonSession) => createdMs,
    used: ({ usedMs }: PersonSession) => usedMs,
    ends: ({ endsMs }: PersonSession) => endsMs,
  };
  return sortRows(sessions, SESSION_ORDER.in(request), values, ({ id }) => id);
}

export function shapeSession({ id, createdMs, usedMs, endsMs }: PersonSession) {
  return {
    id,
    created_at: timeText(createdMs),
    used_at: timeText(usedMs),
    expires_at: timeText(endsMs),
  };
}
