// The wire shape of an action's parameters, compiled from its schema: wire name -> our name and kind. Readers go by this
// table only, so a name that a caller invents never becomes a property of anything.

import type { TSchema } from 'typebox';
import { ENCRYPTION_FIELDS, type EncryptionField } from '../../actions/encryption-fields.ts';
import type { ActionDefinition } from '../../core/action.ts';
import { capitalise, type WireAction } from './wire-actions.ts';

export type Shape =
  | { readonly kind: 'text' | 'integer' | 'boolean' }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, ShapeField> };

export interface ShapeField {
  /** Our name. */
  readonly name: string;
  readonly shape: Shape;
  /** Says how other fields are encrypted; no input of the action. */
  readonly seals: boolean;
}

export type StructShape = Extract<Shape, { kind: 'struct' }>;

interface Node {
  readonly type?: string;
  readonly items?: TSchema;
  readonly properties?: Readonly<Record<string, TSchema>>;
}

const TEXT: Shape = { kind: 'text' };
const STRUCT_ENCRYPTION = Object.keys(ENCRYPTION_FIELDS) as EncryptionField[];
/** PhoneVerification's own, beside its fields. */
const FLAT_ENCRYPTION: readonly EncryptionField[] = ['encryptList', 'ciphertextBlob', 'iv'];

/** How an action takes them that has fields to encrypt: by our names. */
export function encryptionFieldsOf({ encryption }: WireAction): readonly EncryptionField[] {
  if (encryption === 'none') return [];
  return encryption === 'flat' ? FLAT_ENCRYPTION : STRUCT_ENCRYPTION;
}

export function compileShape(definition: ActionDefinition, wire: WireAction): StructShape {
  const fields = new Map(structFields((definition.input as Node).properties ?? {}, wire.fields));
  const seals = new Map(
    encryptionFieldsOf(wire).map((name) => sealField(name, shapeOf(ENCRYPTION_FIELDS[name]))),
  );
  if (wire.encryption === 'flat') for (const [name, field] of seals) fields.set(name, field);
  if (wire.encryption === 'struct') fields.set(...sealField('encryption', { kind: 'struct', fields: seals }));
  return { kind: 'struct', fields };
}

function structFields(
  properties: Readonly<Record<string, TSchema>>,
  names: Readonly<Record<string, string>>,
): [string, ShapeField][] {
  return Object.entries(properties).map(([name, schema]) => [
    names[name] ?? capitalise(name),
    { name, shape: shapeOf(schema), seals: false },
  ]);
}

function shapeOf(schema: TSchema): Shape {
  const node = schema as Node;
  switch (node.type) {
    case 'string':
      return TEXT;
    case 'integer':
    case 'boolean':
      return { kind: node.type };
    case 'array':
      return { kind: 'list', item: node.items === undefined ? TEXT : shapeOf(node.items) };
    case 'object':
      return { kind: 'struct', fields: new Map(structFields(node.properties ?? {}, {})) };
    default:
      throw new TypeError(`schema type ${String(node.type)} has no shape on this wire`);
  }
}

function sealField(name: string, shape: Shape): [string, ShapeField] {
  return [capitalise(name), { name, shape, seals: true }];
}
