// Accounts with their holders, as operators see them: addresses masked in lists, whole where one account is shown.

import { Type } from '../../core/json-schema.ts';
import { maskEmail } from '../../domain/email-address.ts';
import type { AccountRecord } from '../../ports/account-desk.ts';
import type { PeopleStore } from '../../ports/people.ts';
import { timeText } from '../time-text.ts';
import { ACCOUNT, shapeAccount } from './account-shape.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);

export const ACCOUNT_RECORD = Type.Object({
  ...ACCOUNT.properties,
  created_at: Type.String(),
  person_id: Type.Union([Type.String(), Type.Null()], {
    description: 'Who registered for it; null for an account that an operator made.',
  }),
  email: NULLABLE_TEXT,
});

export async function shapeRecord(
  { account, createdMs, personId }: AccountRecord,
  people: Pick<PeopleStore, 'findById'>,
  addresses: 'masked' | 'whole',
) {
  const email = personId === undefined ? undefined : (await people.findById(personId))?.email;
  const shown = email === undefined || addresses === 'whole' ? email : maskEmail(email);
  return {
    ...shapeAccount(account),
    created_at: timeText(createdMs),
    person_id: personId ?? null,
    email: shown ?? null,
  };
}
