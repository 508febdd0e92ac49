// An action by the name that a person knows: the one on the wire, or our own.

import { findWireAction, WIRE_NAMES, type WireAction } from '../app/sign.ts';
import { UsageError } from './command.ts';

export function demandWireAction(name: string): WireAction {
  const found = findWireAction(name);
  if (found !== undefined) return found;
  throw new UsageError(`there is no action ${name}: use one of ${WIRE_NAMES.join(', ')}`);
}
