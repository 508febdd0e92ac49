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
    async settings(account) {
      const { name, template, webhookUrl } = await store.settings(account);
      return { name, template, webhookUrl };
    },
    async changeSettings(account, changes) {
      const before = await store.settings(account);
      const { name, template, webhookUrl } = { ...before, ...changes };
      await store.putSettings(account, { ...before, name, template, webhookUrl });
      texts.forget(account);
      return { name, template, webhookUrl };
    },
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
