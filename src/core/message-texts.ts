// The text of a message: the account's template where it has one, else the built-in one, with its name and the code.

import { Fault } from '../domain/fault.ts';
import {
  BUILT_IN_TEMPLATES,
  fillTemplate,
  type MessageText,
  senderNameOf,
  type TemplateValues,
} from '../domain/message-template.ts';
import type { Account } from '../ports/accounts.ts';
import type { CodeStore } from '../ports/code-store.ts';
import type { MessageSettings, Template, WantedCode } from '../ports/verifications.ts';

export interface MessageTexts {
  /** Throws Fault parameter_value for a template that the account does not have. */
  write(
    account: Account,
    wanted: Pick<WantedCode, 'contact' | 'template' | 'language'>,
    values: Pick<TemplateValues, 'code' | 'minutes'>,
  ): Promise<MessageText>;
  /** Something of the account's has changed. */
  forget(accountId: number): void;
}

interface Kept {
  readonly settings: MessageSettings;
  readonly templates: readonly Template[];
}

export function createMessageTexts(
  store: Pick<CodeStore, 'settings' | 'templates'>,
  accountsMax: number,
): MessageTexts {
  const kept = new Map<number, Promise<Kept>>();

  function read(account: number): Promise<Kept> {
    const known = kept.get(account);
    if (known !== undefined) return known;
    const reading = Promise.all([store.settings(account), store.templates(account)]).then(
      ([settings, templates]) => ({ settings, templates }),
    );
    if (kept.size >= accountsMax) kept.clear();
    kept.set(account, reading);
    reading.catch(() => kept.delete(account));
    return reading;
  }

  return {
    async write(account, { contact, template, language }, values) {
      const { settings, templates } = await read(account.id);
      const named = template ?? settings.template;
      const found = templates.find(
        (one) => one.name === named && one.kind === contact.kind && one.language === language,
      );
      if (found === undefined && template !== undefined)
        throw new Fault('parameter_value', { field: 'template' });
      const text = found ?? BUILT_IN_TEMPLATES[contact.kind][language];
      return fillTemplate(text, { ...values, name: senderNameOf(settings.name, account.name) });
    },
    forget: (account) => void kept.delete(account),
  };
}
