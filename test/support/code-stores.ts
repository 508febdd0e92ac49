// A codes.db of its own for a test.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openCodes } from '../../src/storage/sqlite/codes/open-codes.ts';
import { type CodesSettings, type CodesUnderTest, type OpenCodesUnderTest, RULES } from './codes.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

export const CODE_KEY = Buffer.alloc(32, 9);

export function openCodesFor(path: string, settings: CodesSettings = {}) {
  const { rules, queueMax = 10_000, readsMax = 100, onError, ...told } = settings;
  const unexpected = (reason: string): void => assert.fail(reason);
  return openCodes({
    ...{
      path,
      rules: { ...RULES, ...rules },
      codeKey: CODE_KEY,
      queueMax,
      readsMax,
      onError: onError ?? unexpected,
    },
    ...told,
  });
}

export const openTestCodes: OpenCodesUnderTest = async (t, settings) => {
  const ends: (() => void)[] = [];
  const path = join(makeTemporaryDirectory({ after: (remove) => void ends.push(remove) }), 'codes.db');
  let store = await openCodesFor(path, settings);
  t.after(async () => {
    await store.close();
    for (const end of ends) end();
  });
  const under = (): CodesUnderTest => ({
    store,
    async reopen() {
      await store.close();
      store = await openCodesFor(path, settings);
      return under();
    },
  });
  return under();
};
