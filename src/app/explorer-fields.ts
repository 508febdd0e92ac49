// The fields of an action as forms and reference pages need them, read off their schemas: those of its input, and what says
// how some of them are encrypted, in the place that the protocol gives it.

import type { TObject, TSchema } from 'typebox';
import { ENCRYPTION_FIELDS, ENCRYPTION_STRUCT } from '../actions/encryption-fields.ts';
import type { ExplorerField } from '../management/explorer/context.ts';
import type { FieldNotes } from './field-notes.ts';
import type { WireAction } from './wire-view.ts';

export function describeFields(
  schema: TObject,
  nameOf: (name: string) => string,
  encryptable: readonly string[],
): ExplorerField[] {
  const required = new Set<string>(schema.required ?? []);
  return Object.entries(schema.properties).map(([name, property]) =>
    describeField(nameOf(name), property, required.has(name), encryptable.includes(name)),
  );
}

/** None where nothing of the action may be encrypted. */
export function describeEncryption(wire: WireAction): ExplorerField[] {
  const { encryptable } = wire.action;
  const names = wire.encryptionFields ?? [];
  if (encryptable.length === 0 || names.length === 0) return [];
  const isStruct = wire.encryption === 'struct';
  const required = new Set<string>(isStruct ? ENCRYPTION_STRUCT.required : []);
  const fields = names.map((name): ExplorerField => {
    const field = describeField(wire.fieldName(name), ENCRYPTION_FIELDS[name], required.has(name), false);
    const choices = encryptable.map((one) => wire.fieldName(one));
    return { ...field, seals: true, ...(name === 'encryptList' ? { choices } : {}) };
  });
  if (!isStruct) return fields;
  const struct = describeField(wire.fieldName('encryption'), ENCRYPTION_STRUCT, false, false);
  return [{ ...struct, seals: true, fields }];
}

function describeField(
  name: string,
  schema: TSchema,
  required: boolean,
  encryptable: boolean,
): ExplorerField {
  const { title = '', titleZh = '', example, minimum, maximum, ...notes } = schema as FieldNotes;
  const inner = notes.type === 'array' ? (notes.items as FieldNotes | undefined) : (notes as FieldNotes);
  const needed = new Set(inner?.required ?? []);
  return {
    name,
    type: typeOf(notes.type),
    required,
    personal: notes.sensitive === true,
    encryptable,
    title: { en: title, zh: titleZh },
    ...(example === undefined ? {} : { example }),
    ...(notes.enum === undefined ? {} : { choices: notes.enum }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(notes.maxLength === undefined ? {} : { max_length: notes.maxLength }),
    ...(inner?.properties === undefined
      ? {}
      : {
          fields: Object.entries(inner.properties).map(([part, property]) =>
            describeField(part.charAt(0).toUpperCase() + part.slice(1), property, needed.has(part), false),
          ),
        }),
  };
}

function typeOf(type: string | undefined): ExplorerField['type'] {
  switch (type) {
    case 'integer':
    case 'boolean':
      return type;
    case 'array':
      return 'list';
    case 'object':
      return 'struct';
    default:
      return 'string';
  }
}
