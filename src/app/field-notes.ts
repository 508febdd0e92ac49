// What the schema of an action's field says for forms and reference pages.

import type { TSchema } from 'typebox';

export interface FieldNotes {
  readonly type?: string;
  readonly title?: string;
  readonly titleZh?: string;
  readonly sensitive?: boolean;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly example?: unknown;
  readonly items?: TSchema;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
}
