// What says how fields are encrypted, as rows of an action's input in the reference pages.

import { describeEncryption } from '../../src/app/explorer-fields.ts';
import type { WireAction } from '../../src/app/wire-view.ts';
import type { ExplorerField } from '../../src/management/explorer/context.ts';
import { quote } from './markdown.ts';

interface EncryptionRow {
  /** Whole, as in Encryption.Iv. */
  readonly name: string;
  readonly type: string;
  readonly need: string;
  readonly meaning: string;
}

/** None where nothing of the action may be encrypted. */
export function listEncryptionFields(wire: WireAction): readonly EncryptionRow[] {
  return rowsOf(describeEncryption(wire), '');
}

const TYPES: Readonly<Partial<Record<ExplorerField['type'], string>>> = {
  list: 'list of string',
  struct: 'object',
};

function rowsOf(fields: readonly ExplorerField[], within: string): readonly EncryptionRow[] {
  return fields.flatMap(({ name: own, type, required, title, choices = [], fields: inner = [] }) => {
    const name = within === '' ? own : `${within}.${own}`;
    const oneOf = choices.map((one) => quote(String(one))).join(', ');
    const meaning = [title.en, title.zh, oneOf === '' ? '' : `One of ${oneOf}.`].filter(
      (text) => text !== '',
    );
    const need = required ? `in ${quote(within)}` : 'no';
    return [{ name, type: TYPES[type] ?? type, need, meaning: meaning.join(' ') }, ...rowsOf(inner, name)];
  });
}
