// The people behind acts of the audit log, which knows them by id: what an operator reads of them in the list of accounts.

import { Type } from '../../core/json-schema.ts';
import type { AccountDesk } from '../../ports/account-desk.ts';
import type { PeopleStore } from '../../ports/people.ts';
import { shapeRecord } from './account-record.ts';

export const ACTING_PERSON = Type.Union(
  [
    Type.Object({
      account_id: Type.String(),
      name: Type.String({ description: "The account's." }),
      email: Type.Union([Type.String(), Type.Null()], { description: 'Masked.' }),
    }),
    Type.Null(),
  ],
  { description: 'Who acted, where the actor is a person with an account.' },
);

const PERSON = /^person:(.+)$/;

/** Reads each person once, however many of the acts are theirs. null for actors who are none. */
export async function readActingPeople(
  actors: readonly string[],
  desk: Pick<AccountDesk, 'accounts'>,
  people: Pick<PeopleStore, 'findById'>,
) {
  async function read(actor: string) {
    const personId = PERSON.exec(actor)?.[1];
    if (personId === undefined) return null;
    const [record] = desk.accounts({ offset: 0, limit: 1 }, { personId }).accounts;
    if (record === undefined) return null;
    const { account_id, name, email } = await shapeRecord(record, people, 'masked');
    return { account_id, name, email };
  }
  const found = await Promise.all(
    [...new Set(actors)].map(async (actor) => [actor, await read(actor)] as const),
  );
  const known = new Map(found);
  return (actor: string) => known.get(actor) ?? null;
}
