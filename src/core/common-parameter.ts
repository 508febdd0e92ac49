// A parameter that every call of a protocol has beside its action's own, as forms and reference pages show it.

import type { Bilingual } from './action.ts';

export interface CommonParameter {
  readonly name: string;
  readonly type: 'string' | 'integer';
  readonly required: boolean;
  readonly title: Bilingual;
}
