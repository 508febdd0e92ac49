// An action by the name that a person knows: the one on the wire, or our own.

import { WIRE_ACTIONS, type WireAction } from '../protocols/tencent/wire-actions.ts';
import { UsageError } from './command.ts';

export function findWireAction(name: string): WireAction {
  const wanted = name.toLowerCase();
  const found = WIRE_ACTIONS.find(
    (wire) => wire.name.toLowerCase() === wanted || wire.action.toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  throw new UsageError(
    `there is no action ${name}: use one of ${WIRE_ACTIONS.map((wire) => wire.name).join(', ')}`,
  );
}
