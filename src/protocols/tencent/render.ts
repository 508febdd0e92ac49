// The envelope of every answer: HTTP 200, {"Response": {...}} with a RequestId; an error has Error and nothing else, a
// success has no Error, not even null (the Python SDK would stumble).

import type { Call, Language } from '../../core/call.ts';
import { Fault, type FaultDetail } from '../../domain/fault.ts';
import { WIRE_ERRORS, type WireError, writeMessage } from './faults.ts';
import { WIRE_ACTIONS, type WireAction, wireFieldName } from './wire-actions.ts';

const VALUE_MAX_LENGTH = 64;
const BY_ACTION = new Map(WIRE_ACTIONS.map((wire) => [wire.action, wire]));

export function findWireAction(action: string): WireAction | undefined {
  return BY_ACTION.get(action);
}

export function renderSuccess(members: Record<string, unknown>, requestId: string): string {
  members.RequestId = requestId;
  return JSON.stringify({ Response: members });
}

/** Anything that is no Fault is a defect and is shown without detail. */
export function renderError(
  error: unknown,
  requestId: string,
  language: Language,
  call: Call | undefined,
): string {
  const fault = error instanceof Fault ? error : new Fault('internal');
  const wire = call === undefined ? undefined : findWireAction(call.action.name);
  const { code, ...messages }: WireError = wire?.errors?.[fault.code] ?? WIRE_ERRORS[fault.code];
  const message = writeMessage(messages[language], wireDetail(fault, call, wire));
  return JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: requestId } });
}

/** The detail with the names of the wire, and with the offending value where the action calls it harmless. */
function wireDetail(fault: Fault, call: Call | undefined, wire: WireAction | undefined): FaultDetail {
  const { detail } = fault;
  if (detail.field === undefined) return detail;
  const field = fault.code === 'parameter_unknown' ? detail.field : wireFieldName(wire, detail.field);
  const value = detail.value ?? harmlessValue(call, detail.field);
  return value === undefined ? { ...detail, field } : { ...detail, field, value };
}

function harmlessValue(call: Call | undefined, field: string): string | undefined {
  if (call === undefined || !Object.hasOwn(call.action.input.properties, field)) return undefined;
  const schema = call.action.input.properties[field] as { readonly sensitive?: boolean };
  const value = call.input[field];
  if (schema.sensitive === true || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return String(value).slice(0, VALUE_MAX_LENGTH);
}
