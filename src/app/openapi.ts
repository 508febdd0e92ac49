// The description of every call that has a path of its own, out of the tables.

import { ACTIONS } from '../actions/index.ts';
import { createOpenApi, type Json, type WireOperation } from '../management/openapi.ts';
import type { RouteDefinition } from '../management/route.ts';
import { ENDPOINTS } from '../protocols/acedata/endpoints.ts';
import { ERRORS, type Profile } from '../protocols/acedata/faults.ts';

const VERSION = '0.1.0';
const TEXT = { type: 'string' };

/** Members of a successful answer beside result and description. */
const MEMBERS: Readonly<Record<string, Record<string, unknown>>> = {
  'line-status': { status_code: { type: ['integer', 'null'] } },
  'identity-match': { isp: TEXT, result_detail: { type: ['string', 'null'] } },
};

/** The document of one path alone; undefined where there is no such path. */
export function definePath(path: string, profile: Profile): object | undefined {
  const document = describeApi([], profile);
  const operation = (document.paths as Readonly<Record<string, object>>)[path];
  return operation === undefined ? undefined : { ...document, paths: { [path]: operation } };
}

export function describeApi(routes: readonly RouteDefinition[], profile: Profile): Json {
  const errors = Object.fromEntries(Object.entries(ERRORS).map(([code, row]) => [code, row[profile]]));
  const operations = ENDPOINTS.map(
    ({ path, action, fields }): WireOperation => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      path,
      action,
      fields,
      answer: {
        type: 'object',
        required: ['result', 'description'],
        properties: { result: TEXT, description: TEXT, ...MEMBERS[action] },
      },
      errors,
    }),
  );
  return createOpenApi({ version: VERSION, routes, operations, actions: ACTIONS });
}
