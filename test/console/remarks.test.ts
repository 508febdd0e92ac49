// What the server says to operators by a code is said by the console in both languages, with everything that it speaks of.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../../console/src/i18n/en.ts';
import { zh } from '../../console/src/i18n/zh.ts';
import type { OptionRow } from '../../src/config/option-row.ts';
import { OPTIONS, type OptionName } from '../../src/config/options.ts';
import { MEND_CODES, REMARK_CODES } from '../../src/domain/remark.ts';

test('every remark of the server, and every way to mend one, has a text in both languages', () => {
  const codes = [...REMARK_CODES, ...MEND_CODES.map((code) => `mend_${code}`)];
  const known = new Set<string>(codes);
  for (const texts of [en.remarks, zh.remarks] as readonly Readonly<Record<string, string>>[]) {
    for (const code of codes) assert.ok((texts[code] ?? '') !== '', code);
    for (const name of Object.keys(texts)) assert.ok(known.has(name) || name.startsWith('subject_'), name);
  }
  for (const [name, text] of Object.entries(zh.remarks))
    if (!/^(?:subject_TLS|mend_close_file|mend_create_account)$/.test(name))
      assert.match(text, /\p{Script=Han}/u, name);
});

test('every setting that weakens safety has a remark of its own', () => {
  const weakening = (Object.keys(OPTIONS) as OptionName[]).filter(
    (name) => (OPTIONS[name] as OptionRow).weakens !== undefined,
  );
  assert.ok(weakening.length > 5);
  for (const name of weakening) assert.ok((REMARK_CODES as readonly string[]).includes(`weak_${name}`), name);
});
