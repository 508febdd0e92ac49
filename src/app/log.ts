// The server's log, with the names that it must never show read off the tables: fields of actions that are marked
// sensitive, in our words and on the wire, and options that are secret.

import type { DestinationStream } from 'pino';
import type { TSchema } from 'typebox';
import { ACTIONS } from '../actions/index.ts';
import { SECRET_OPTIONS } from '../config/options.ts';
import { findEndpointOf, wireNameOf } from '../protocols/acedata/endpoints.ts';
import { WIRE_ACTIONS, wireFieldName } from '../protocols/tencent/wire-actions.ts';
import { createLog, type Log } from '../server/log.ts';

export type { Log } from '../server/log.ts';

/** What keys, signatures and requests are made of: no table holds these. */
const OF_THE_CALL = [
  ...['secretId', 'secretKey', 'sealedSecret', 'token', 'authorization', 'signature', 'cookie'],
  ...['body', 'payload', 'query', 'rawHeaders', 'x-tc-token'],
];

interface Node {
  readonly sensitive?: boolean;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
}

export function openLog(level: string, stream?: DestinationStream): Log {
  return createLog(level, listSecretNames(), stream);
}

export function listSecretNames(): string[] {
  const names = ACTIONS.flatMap(({ name: action, input, output }) => {
    const wires = WIRE_ACTIONS.filter((wire) => wire.action === action);
    const fields = [...sensitiveFields(input), ...sensitiveFields(output)];
    const endpoint = findEndpointOf(action);
    return fields.flatMap((field) => [
      field,
      wireNameOf(endpoint, field),
      ...wires.map((wire) => wireFieldName(wire, field)),
    ]);
  });
  return [...new Set([...names, ...SECRET_OPTIONS, ...OF_THE_CALL])];
}

function sensitiveFields(schema: TSchema): string[] {
  const { properties = {}, items } = schema as Node;
  const own = Object.entries(properties).flatMap(([name, property]) =>
    (property as Node).sensitive === true ? [name] : sensitiveFields(property),
  );
  return items === undefined ? own : [...own, ...sensitiveFields(items)];
}
