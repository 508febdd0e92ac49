// What accounts have set about their messages: templates, the name in them, the address of their status webhook.

import type { DatabaseSync } from 'node:sqlite';
import type { CodeStore } from '../../../ports/code-store.ts';
import type { Template } from '../../../ports/verifications.ts';
import type { Sync } from './books.ts';

type MessageSettingsBook = Sync<
  CodeStore,
  'settings' | 'putSettings' | 'templates' | 'putTemplate' | 'removeTemplate'
>;

export function createMessageSettings(database: DatabaseSync): MessageSettingsBook {
  const read = database.prepare('SELECT * FROM message_settings WHERE account = ?');
  const write = database.prepare('INSERT OR REPLACE INTO message_settings VALUES (?, ?, ?)');
  const list = database.prepare('SELECT * FROM templates WHERE account = ? ORDER BY name, kind, language');
  const put = database.prepare('INSERT OR REPLACE INTO templates VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM templates WHERE account = ? AND name = ?');

  return {
    settings(account) {
      const row = read.get(account);
      return {
        name: String(row?.name ?? ''),
        template: String(row?.template ?? ''),
      };
    },
    putSettings: (account, { name, template }) => void write.run(account, name, template),
    templates: (account) =>
      list.all(account).map(
        (row): Template => ({
          name: String(row.name),
          kind: row.kind === 'email' ? 'email' : 'phone',
          language: row.language === 'zh' ? 'zh' : 'en',
          subject: String(row.subject),
          text: String(row.text),
          changedMs: Number(row.changed_ms),
        }),
      ),
    putTemplate: (account, { name, kind, language, subject, text, changedMs }) =>
      void put.run(account, name, kind, language, subject, text, changedMs),
    removeTemplate: (account, name) => remove.run(account, name).changes > 0,
  };
}
