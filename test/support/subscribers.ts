// A small registry for tests: people who exist nowhere, and one line of each kind.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runJsonWithin } from './command-within.ts';

export interface Person {
  readonly number: string;
  readonly status: string;
  readonly name: string;
  readonly idCard: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SURNAMES = '欧阳令狐司徒慕容诸葛东方';
const GIVEN = '婧琬玥曦翊珩瑾瑜璟瓒琨璐';

/** People number 0, 1, 2 ...: always the same ones. */
export function makePerson(index: number, status = 'normal'): Person {
  const birthday = `1970${String((index % 12) + 1).padStart(2, '0')}${String((index % 28) + 1).padStart(2, '0')}`;
  const stem = `110105${birthday}${String((index * 37) % 1000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(stem[at]), 0);
  const surname = SURNAMES.slice((index % 6) * 2, (index % 6) * 2 + 2);
  const given = `${GIVEN[index % 12]}${GIVEN[Math.floor(index / 12) % 12]}`;
  return {
    number: String(13_911_000_000 + index * 977),
    status,
    name: surname + given,
    idCard: stem + '10X98765432'[sum % 11],
  };
}

export async function importPeople(data: string, people: readonly Person[]): Promise<void> {
  const file = join(data, '..', `people-${process.pid}.csv`);
  const rows = people.map(
    ({ number, status, name, idCard }) =>
      `${number},${status},2020-03-01,mobile,${name},${idCard},2026-01-01`,
  );
  writeFileSync(file, `msisdn,status,activated_on,carrier,name,id_card,as_of\n${rows.join('\n')}\n`);
  const { accepted } = (await runJsonWithin(['registry', 'import', file, '--data', data])) as {
    accepted: number;
  };
  // The operator's own file is no trace that the product left.
  rmSync(file);
  if (accepted !== people.length) throw new Error(`${accepted} of ${people.length} rows were accepted`);
}
