// What stood in a form when its visitor went to sign in, to be there again afterwards. It may be personal: it is held by
// this page alone, in no storage and no address.

import type { Values } from './form-values.ts';

let held: { readonly action: string; readonly values: Values } | undefined;

export function holdDraft(action: string, values: Values): void {
  held = { action, values };
}

export function readDraft(action: string): Values | undefined {
  return held?.action === action ? held.values : undefined;
}

export function forgetDraft(): void {
  held = undefined;
}
