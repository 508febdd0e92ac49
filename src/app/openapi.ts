// The description of every call that has a path of its own, out of the tables.

import { ACTIONS } from '../actions/index.ts';
import { createOpenApi, type Json, pathOf, type WireOperation } from '../management/openapi.ts';
import type { RouteDefinition } from '../management/route.ts';
import { describeAnswer, describeError, describeMembers } from '../protocols/acedata/describe.ts';
import { ENDPOINTS, type Endpoint } from '../protocols/acedata/endpoints.ts';
import { ERRORS, type Profile } from '../protocols/acedata/faults.ts';
import { createResults, type IdentityCodes } from '../protocols/acedata/outcomes.ts';
import { SESSION_COOKIES } from '../server/session-cookie.ts';
import { VERSION } from './version.ts';

/** Options that change what the identity calls answer. */
export interface Wire {
  readonly profile: Profile;
  readonly identityCodes: IdentityCodes;
}

/** The document of one path alone; undefined where there is no such path. */
export function definePath(path: string, routes: readonly RouteDefinition[], wire: Wire): object | undefined {
  const document = describeApi(
    routes.filter((route) => pathOf(route) === path),
    wire,
  );
  const operation = (document.paths as Readonly<Record<string, object>>)[path];
  return operation === undefined ? undefined : { ...document, paths: { [path]: operation } };
}

export function describeApi(routes: readonly RouteDefinition[], { profile, identityCodes }: Wire): Json {
  const errors = Object.fromEntries(Object.entries(ERRORS).map(([code, row]) => [code, row[profile]]));
  const findResult = createResults(identityCodes);
  const describe = (endpoint: Endpoint): WireOperation[] => {
    const { path, action: name, fields } = endpoint;
    const action = ACTIONS.find((one) => one.name === name);
    if (action === undefined) return [];
    const members = describeMembers(endpoint);
    const answer = describeAnswer(action, findResult);
    return [{ name: path.slice(path.lastIndexOf('/') + 1), path, action, fields, members, answer, errors }];
  };
  return createOpenApi({
    version: VERSION,
    routes,
    operations: ENDPOINTS.flatMap(describe),
    operationError: describeError(profile),
    sessionCookies: SESSION_COOKIES,
  });
}
