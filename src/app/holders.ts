// Who holds which account, for the commands: the people of the self-service, read beside a running server.

import { existsSync } from 'node:fs';
import { deriveKey } from '../codecs/key-derivation.ts';
import { type EmailAddress, maskEmail } from '../domain/email-address.ts';
import { openPeople } from '../storage/sqlite/people/open-people.ts';
import { type MasterKeyOptions, openMasterKey } from './master-key.ts';

export interface Holders {
  /** undefined where nobody has registered yet. */
  personIdOf(email: EmailAddress): string | undefined;
  /** null where there is no such person. */
  emailOf(personId: string | undefined, addresses: 'masked' | 'whole'): Promise<string | null>;
}

export async function withHolders<T>(
  options: MasterKeyOptions,
  work: (holders: Holders) => Promise<T>,
): Promise<T> {
  if (!existsSync(options.paths.people))
    return work({ personIdOf: () => undefined, emailOf: async () => null });
  const master = openMasterKey(options);
  const store = openPeople({
    path: options.paths.people,
    sealKey: deriveKey(master, 'people-seal'),
    lookupKey: deriveKey(master, 'people-lookup'),
    random: options.random,
    // Nothing is opened here.
    ...{ sessions: { idleMs: 0, perPersonMax: 0 }, codesMax: 0 },
  });
  try {
    return await work({
      personIdOf: (email) => store.idFor(email),
      async emailOf(personId, addresses) {
        const email = personId === undefined ? undefined : (await store.findById(personId))?.email;
        return email === undefined || addresses === 'whole' ? (email ?? null) : maskEmail(email);
      },
    });
  } finally {
    store.close();
  }
}
