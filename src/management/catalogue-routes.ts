// Rows: the services and their APIs, with prices and free quota; for everybody, and with what an account has where one asks.

import { Type } from '../core/json-schema.ts';
import { sortRows } from '../domain/sorting.ts';
import type { AccountsContext } from './accounts/context.ts';
import { costOf } from './accounts/prices.ts';
import type { Api, CatalogueService } from './api-catalogue.ts';
import { createOrdering } from './ordering.ts';
import { listOf, OWN_PAGE, pageOf } from './page.ts';
import {
  defineRoute,
  ManagementError,
  type ManagementRequest,
  type RouteDefinition,
  type Visitor,
} from './route.ts';

const ID = Type.Optional(Type.String({ maxLength: 200 }));
const COST = Type.Array(Type.Object({ conditions: Type.Object({}), consumption: Type.Integer() }), {
  description: 'Minor units of one charged call: the first rule that fits.',
});
const SERVICE = Type.Object({
  id: Type.String(),
  alias: Type.String(),
  title: Type.String(),
  title_zh: Type.String(),
  type: Type.String({ enum: ['Api'] }),
  unit: Type.String({ description: 'Of free_amount: charged calls.' }),
  free_amount: Type.Integer(),
  applied: Type.Boolean({ description: 'Has the account that asks acquired it?' }),
  private: Type.Boolean(),
  need_verify: Type.Boolean(),
  rank: Type.Integer(),
  tags: Type.Array(Type.String()),
  api_ids: Type.Array(Type.String()),
  packages: Type.Array(Type.Object({})),
});
const API = Type.Object({
  id: Type.String(),
  service_id: Type.Union([Type.String(), Type.Null()]),
  title: Type.String(),
  title_zh: Type.String(),
  path: Type.String(),
  method: Type.String(),
  protocol: Type.String(),
  action: Type.String(),
  stage: Type.String({ enum: ['Stable'] }),
  rank: Type.Integer(),
  cost: COST,
});
const DEFINED_API = Type.Object({
  ...API.properties,
  definition: Type.Union([Type.Object({}), Type.Null()], {
    description: 'OpenAPI of this call alone; null where it is not a path of its own.',
  }),
});
const SERVICE_ORDER = createOrdering({ rank: 'rank', alias: 'alias', title: 'title' }, 'rank');
const API_ORDER = createOrdering({ rank: 'rank', path: 'path', title: 'title' }, 'rank');
const EVERYBODY = ['public', 'session', 'platform-token', 'credential'] as const;

export function createCatalogueRoutes(context: AccountsContext): RouteDefinition[] {
  const { desk, catalogue, freeQuota } = context;
  const definitions = new Map(context.actions.map((action) => [action.name, action]));

  function describeService(service: CatalogueService, visitor: Visitor) {
    const { id, name, title, apis } = service;
    return {
      id,
      alias: name,
      title: title.en,
      title_zh: title.zh,
      type: 'Api',
      unit: 'Call',
      free_amount: freeQuota[name] ?? 0,
      applied: 'account' in visitor && visitor.account.services.has(name),
      private: false,
      need_verify: true,
      rank: catalogue.services.indexOf(service),
      tags: [],
      api_ids: apis.map((api) => api.id),
      packages: [],
    };
  }

  function describeApi(api: Api) {
    const { id, title, path, method, protocol, action, service } = api;
    return {
      id,
      service_id: catalogue.service(service)?.id ?? null,
      title: title.en,
      title_zh: title.zh,
      path,
      method,
      protocol,
      action,
      stage: 'Stable',
      rank: catalogue.apis.indexOf(api),
      cost: costOf(definitions.get(action), protocol, desk.prices()),
    };
  }

  function sortServices(request: ManagementRequest) {
    const values = {
      rank: (service: CatalogueService) => catalogue.services.indexOf(service),
      alias: ({ name }: CatalogueService) => name,
      title: ({ title }: CatalogueService) => title.en,
    };
    return sortRows(catalogue.services, SERVICE_ORDER.in(request), values, ({ id }) => id);
  }

  function sortApis(apis: readonly Api[], request: ManagementRequest) {
    const values = {
      rank: (api: Api) => catalogue.apis.indexOf(api),
      path: ({ path }: Api) => path,
      title: ({ title }: Api) => title.en,
    };
    return sortRows(apis, API_ORDER.in(request), values, ({ id }) => id);
  }

  function present<T>(found: T | undefined): T {
    if (found === undefined) throw new ManagementError('not_found');
    return found;
  }

  return [
    defineRoute({
      name: 'service-list',
      group: 'catalogue',
      method: 'GET',
      path: '/services',
      access: EVERYBODY,
      summary: { en: 'Lists the services.', zh: '列出所有服务。' },
      shape: 'acedata',
      query: Type.Object({ ...OWN_PAGE, ...SERVICE_ORDER.query }),
      success: 200,
      answer: listOf(SERVICE),
      errors: ['bad_request', 'not_signed_in'],
      examples: [{ title: { en: 'All services', zh: '全部服务' }, query: { limit: 10 } }],
      run: (request) => {
        const page = pageOf(sortServices(request), request);
        return { body: { ...page, items: page.items.map((one) => describeService(one, request.visitor)) } };
      },
    }),
    defineRoute({
      name: 'service',
      group: 'catalogue',
      method: 'GET',
      path: '/services/:id',
      access: EVERYBODY,
      summary: { en: 'One service, by id or alias.', zh: '按编号或别名查询服务。' },
      shape: 'acedata',
      success: 200,
      answer: SERVICE,
      errors: ['bad_request', 'not_signed_in', 'not_found'],
      examples: [{ title: { en: 'By alias', zh: '按别名' }, parameters: { id: 'line-status' } }],
      run: ({ parameters, visitor }) => ({
        body: describeService(present(catalogue.service(parameters.id ?? '')), visitor),
      }),
    }),
    defineRoute({
      name: 'api-list',
      group: 'catalogue',
      method: 'GET',
      path: '/apis',
      access: EVERYBODY,
      summary: { en: 'Lists the APIs with their prices.', zh: '列出所有接口及价格。' },
      shape: 'acedata',
      query: Type.Object({
        ...{ ...OWN_PAGE, ...API_ORDER.query },
        ...{ path: ID, service: ID, service_id: ID, stage: ID },
      }),
      success: 200,
      answer: listOf(API),
      errors: ['bad_request', 'not_signed_in'],
      examples: [
        {
          title: { en: 'By path', zh: '按路径' },
          query: { path: '/identity/phone/check-1e' },
        },
      ],
      run: (request) => {
        const { path, service = request.query.service_id, stage = 'Stable' } = request.query;
        const named = service === undefined ? undefined : (catalogue.service(String(service))?.name ?? '');
        const rows = catalogue.apis.filter(
          (api) =>
            (path === undefined || api.path === path) && (named === undefined || api.service === named),
        );
        const page = pageOf(stage === 'Stable' ? sortApis(rows, request) : [], request);
        return { body: { ...page, items: page.items.map(describeApi) } };
      },
    }),
    defineRoute({
      name: 'api',
      group: 'catalogue',
      method: 'GET',
      path: '/apis/:id',
      access: EVERYBODY,
      summary: { en: 'One API, with its definition.', zh: '查询接口及其定义。' },
      shape: 'acedata',
      success: 200,
      answer: DEFINED_API,
      errors: ['bad_request', 'not_signed_in', 'not_found'],
      examples: [
        {
          title: { en: 'check-1e', zh: 'check-1e' },
          parameters: { id: catalogue.apiOf('acedata', 'line-status')?.id ?? '' },
        },
      ],
      run: ({ parameters }) => {
        const api = present(catalogue.api(parameters.id ?? ''));
        return { body: { ...describeApi(api), definition: context.definitionOf(api) ?? null } };
      },
    }),
  ];
}
