// The wire shape of an action's parameters, compiled from its schema: wire name -> our name and kind. Readers go by this
// table only, so a name that a caller invents never becomes a property of anything.

import type { TSchema } from 'typebox';
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
const TEXTS: Shape = { kind: 'list', item: TEXT };
const FLAT_ENCRYPTION = { encryptList: TEXTS, ciphertextBlob: TEXT, iv: TEXT };
const STRUCT_ENCRYPTION = { ...FLAT_ENCRYPTION, algorithm: TEXT, tagList: TEXTS };

export function compileShape(definition: ActionDefinition, wire: WireAction): StructShape {
  const fields = new Map(structFields((definition.input as Node).properties ?? {}, wire.fields));
  if (wire.encryption === 'flat') addSeals(fields, FLAT_ENCRYPTION);
  if (wire.encryption === 'struct') {
    const inner = new Map<string, ShapeField>();
    addSeals(inner, STRUCT_ENCRYPTION);
    addSeals(fields, { encryption: { kind: 'struct', fields: inner } });
  }
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

function addSeals(fields: Map<string, ShapeField>, shapes: Readonly<Record<string, Shape>>): void {
  for (const [name, shape] of Object.entries(shapes)) {
    fields.set(capitalise(name), { name, shape, seals: true });
  }
}
