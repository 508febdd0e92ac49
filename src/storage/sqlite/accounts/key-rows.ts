// What a key is restricted to, out of its row and into it.

import { SERVICES } from '../../../domain/service.ts';
import { NO_CAPS, USAGE_CAPS } from '../../../domain/usage-cap.ts';
import type { KeyRestriction } from '../../../ports/accounts.ts';
import { CAP_COLUMNS, capsOf } from './account-rows.ts';

type Row = Readonly<Record<string, unknown>>;

const numberOf = (value: unknown): number | undefined => (value === null ? undefined : Number(value));

/** undefined when there is none, so that the request path has nothing to check. */
export function restrictionOf(row: Row): KeyRestriction | undefined {
  const restriction = {
    service: row.service === null ? undefined : serviceOf(String(row.service)),
    actions: row.actions === null ? undefined : new Set(JSON.parse(String(row.actions)) as string[]),
    expiresAtMs: numberOf(row.expires_ms),
    callsMax: numberOf(row.calls_max),
    caps: capsOf(row),
  };
  return Object.values(restriction).some((value) => value !== undefined) ? restriction : undefined;
}

function serviceOf(name: string) {
  const service = SERVICES.find((one) => one === name);
  if (service === undefined) throw new Error(`a key is restricted to the unknown service ${name}`);
  return service;
}

export const RESTRICTION_COLUMNS = [
  'service',
  'actions',
  'expires_ms',
  'calls_max',
  ...USAGE_CAPS.map((name) => CAP_COLUMNS[name]),
] as const;

/** In the order of RESTRICTION_COLUMNS. */
export function restrictionCells(restriction: KeyRestriction | undefined): (string | number | null)[] {
  const caps = restriction?.caps ?? NO_CAPS;
  return [
    restriction?.service ?? null,
    restriction?.actions === undefined ? null : JSON.stringify([...restriction.actions]),
    restriction?.expiresAtMs ?? null,
    restriction?.callsMax ?? null,
    ...USAGE_CAPS.map((name) => (Number.isFinite(caps[name]) ? caps[name] : null)),
  ];
}
