// The protocol's action table: which path is which action of the catalogue, and what its fields are called there.

import { Fault } from '../../domain/fault.ts';

export interface Endpoint {
  readonly path: string;
  /** Our own action's name. */
  readonly action: string;
  /** Wire name -> our name. */
  readonly fields: Readonly<Record<string, string>>;
  /** May the parameters of encryption stand beside the fields, without the object `encryption`? */
  readonly sealsBeside: boolean;
}

export const ENDPOINTS: readonly Endpoint[] = [
  {
    path: '/identity/phone/check-1e',
    action: 'line-status',
    fields: { mobile: 'msisdn' },
    sealsBeside: false,
  },
  {
    path: '/identity/phone/check-2e',
    action: 'name-match',
    fields: { name: 'name', mobile: 'msisdn' },
    sealsBeside: false,
  },
  {
    path: '/identity/phone/check-3e',
    action: 'identity-match',
    fields: { name: 'name', phone: 'msisdn', id_card: 'idCard', verify_mode: 'verifyMode' },
    sealsBeside: true,
  },
];

/** Families of the vendor's paths that are not served here. */
export const MISSING_FAMILIES = ['/identity/idcard', '/identity/bankcard'] as const;

const BY_PATH = new Map(ENDPOINTS.map((endpoint) => [endpoint.path, endpoint]));

/** Throws where the path, or the path with this method, is not served. */
export function findEndpoint(method: string, path: string): Endpoint {
  if (method !== 'POST') throw new Fault('method_unsupported');
  const endpoint = BY_PATH.get(path);
  if (endpoint !== undefined) return endpoint;
  const isMissing = MISSING_FAMILIES.some((family) => path.startsWith(`${family}/`));
  throw new Fault(isMissing ? 'operation_unsupported' : 'action_unknown');
}

/** The wire name of our field; a name that is no field of ours is one of the wire already. */
export function wireNameOf(endpoint: Endpoint | undefined, field: string): string {
  const found = Object.entries(endpoint?.fields ?? {}).find(([, ours]) => ours === field);
  return found?.[0] ?? field;
}

export function findEndpointOf(action: string): Endpoint | undefined {
  return ENDPOINTS.find((endpoint) => endpoint.action === action);
}
