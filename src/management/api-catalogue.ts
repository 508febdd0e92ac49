// The APIs of the catalogue: every action under every protocol that names it, with an id that never changes, and the
// services that group them. Protocols hand in their wire tables as data.

import { createHash } from 'node:crypto';
import type { ActionDefinition, Bilingual } from '../core/action.ts';
import { type ActionService, SERVICES, type ServiceName } from '../domain/service.ts';

/** One row of a protocol's wire table. */
export interface WireApi {
  readonly protocol: string;
  /** Our own action's name. */
  readonly action: string;
  /** What the protocol calls it, e.g. 'MobileStatus'. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Where it is called; the id is made of it. */
  readonly path: string;
}

export interface Api extends WireApi {
  readonly id: string;
  readonly service: ActionService;
  readonly title: Bilingual;
}

export interface CatalogueService {
  readonly id: string;
  readonly name: ServiceName;
  readonly title: Bilingual;
  readonly apis: readonly Api[];
}

export interface ApiCatalogue {
  readonly apis: readonly Api[];
  /** Those that have an API, in the domain's order. */
  readonly services: readonly CatalogueService[];
  api(id: string): Api | undefined;
  apiOf(protocol: string, action: string): Api | undefined;
  /** By id or name. */
  service(idOrName: string): CatalogueService | undefined;
  serviceOf(action: string): ActionService | undefined;
}

const SERVICE_TITLES: Readonly<Record<ServiceName, Bilingual>> = {
  'line-status': { en: 'Line status', zh: '手机号状态查询' },
  'line-tenure': { en: 'Line tenure', zh: '手机号在网时长查询' },
  'identity-match': { en: 'Identity match', zh: '手机号要素核验' },
  'contact-verification': { en: 'Contact verification', zh: '联系方式验证' },
};

export function createApiCatalogue(
  actions: readonly ActionDefinition[],
  wires: readonly WireApi[],
): ApiCatalogue {
  const definitions = new Map(actions.map((action) => [action.name, action]));
  const apis = wires.flatMap((wire): Api[] => {
    const definition = definitions.get(wire.action);
    if (definition === undefined) return [];
    const id = stableId('api', wire.protocol, wire.path);
    return [{ ...wire, id, service: definition.service, title: definition.summary }];
  });
  const services = SERVICES.map((name) => ({
    id: stableId('service', name),
    name,
    title: SERVICE_TITLES[name],
    apis: apis.filter(({ service }) => service === name),
  })).filter((service) => service.apis.length > 0);
  const byId = new Map(apis.map((api) => [api.id, api]));
  const byAction = new Map(apis.map((api) => [`${api.protocol} ${api.action}`, api]));
  return {
    apis,
    services,
    api: (id) => byId.get(id),
    apiOf: (protocol, action) => byAction.get(`${protocol} ${action}`),
    service: (idOrName) => services.find(({ id, name }) => id === idOrName || name === idOrName),
    serviceOf: (action) => definitions.get(action)?.service,
  };
}

/** A UUID of version 8, the one for makers' own schemes (RFC 9562). */
function stableId(...parts: readonly string[]): string {
  const bytes = createHash('sha256')
    .update(`lineproof\n${parts.join('\n')}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
