// What accounts see and set of their one-time codes: what was sent and refused, templates, the name in their messages.

import { maskContact } from '../domain/contact.ts';
import type { CodeStore, StoredVerification } from '../ports/code-store.ts';
import type { Verification, Verifications } from '../ports/verifications.ts';
import type { MessageBoxes } from './message-boxes.ts';
import type { MessageTexts } from './message-texts.ts';

type Office = Pick<
  Verifications,
  | ('find' | 'list' | 'refusals' | 'refusalSums')
  | ('settings' | 'changeSettings' | 'templates' | 'putTemplate' | 'removeTemplate')
>;

export interface OfficeOptions {
  readonly store: CodeStore;
  readonly boxes: MessageBoxes;
  readonly texts: MessageTexts;
}

export function createVerificationOffice({ store, boxes, texts }: OfficeOptions): Office {
  /** Settings are read, changed and written whole: two changes at once would lose one. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  function shown(stored: StoredVerification): Verification {
    const { account: _account, sealedContact, ...rest } = stored;
    return { ...rest, maskedTo: maskContact(stored.kind, boxes.openContact(stored.id, sealedContact)) };
  }

  return {
    async find(account, id) {
      const stored = await store.find(account, id);
      return stored === undefined ? undefined : shown(stored);
    },
    async list(account, page) {
      const { total, verifications } = await store.list(account, page);
      return { total, verifications: verifications.map(shown) };
    },
    refusals: (account, page) => store.refusals(account, page),
    refusalSums: (account, sinceMs) => store.refusalSums(account, sinceMs),
    settings: (account) => store.settings(account),
    changeSettings: (account, changes) =>
      inTurn(async () => {
        const after = { ...(await store.settings(account)), ...changes };
        await store.putSettings(account, after);
        texts.forget(account);
        return after;
      }),
    templates: (account) => store.templates(account),
    async putTemplate(account, template, nowMs) {
      await store.putTemplate(account, { ...template, changedMs: nowMs });
      texts.forget(account);
    },
    async removeTemplate(account, name) {
      const removed = await store.removeTemplate(account, name);
      texts.forget(account);
      return removed;
    },
  };
}
