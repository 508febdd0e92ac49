// From a query to a filter that can never reach beyond its visitor: the account comes from who asks, names are only looked
// up inside it, and what is not understood is refused.

import type { Static, TObject } from 'typebox';
import { Type } from '../core/json-schema.ts';
import { FAULTS } from '../domain/fault.ts';
import { OUTCOMES } from '../domain/outcome.ts';
import type { UsageCallFilter, UsageFilter } from '../ports/usage.ts';
import { ManagementError, type ManagementRequest, type Visitor } from './route.ts';
import type { UsageRouteOptions } from './usage-options.ts';

const ID = Type.Optional(Type.String({ maxLength: 64 }));
const NUMBER = Type.Optional(Type.String({ maxLength: 10 }));

/** Of every call about usage. */
export const SCOPE_FIELDS = {
  perspective: Type.Optional(Type.String({ enum: ['billing', 'actor', 'both'] })),
  user_id: ID,
  service_id: ID,
  application_id: ID,
  api_id: ID,
  credential_id: ID,
  protocol: ID,
};

export const CALL_FIELDS = {
  ...SCOPE_FIELDS,
  status_code: NUMBER,
  outcome: ID,
  sandbox: Type.Optional(Type.String({ enum: ['true', 'false'] })),
  created_at_from: Type.Optional(Type.String({ maxLength: 40 })),
  created_at_to: Type.Optional(Type.String({ maxLength: 40 })),
};

/** Texts as they stand in the address; throws bad_request for a parameter that the schema does not have. */
export function readQuery<T extends TObject>(
  schema: T,
  query: ManagementRequest['query'],
): Readonly<Partial<Record<keyof Static<T> & string, string>>> {
  const fields = schema.properties as Record<string, { enum?: readonly string[]; maxLength?: number }>;
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined)
      throw new ManagementError('bad_request', `there is no filter ${name.slice(0, 64)}`);
    if (value === '' || value === undefined) continue;
    if (typeof value !== 'string' || value.length > (field.maxLength ?? 64))
      throw new ManagementError('bad_request', `${name} has a value that is not allowed`);
    if (field.enum?.includes(value) === false)
      throw new ManagementError('bad_request', `${name} must be one of ${field.enum.join(', ')}`);
    read[name] = value;
  }
  return read as Partial<Record<keyof Static<T> & string, string>>;
}

type Query = Readonly<Partial<Record<string, string>>>;

export function scopeOf(options: UsageRouteOptions, visitor: Visitor, query: Query): UsageFilter {
  const { names, catalogue } = options;
  const twinOf = ({ account }: UsageFilter) =>
    account === undefined ? undefined : names.sandboxTwinOf(account);
  let scope = scopeOfVisitor(options, visitor, query.user_id);
  // Rehearsed calls are the sandbox account's: who has one sees them as his own.
  if (query.sandbox === 'true' && scope.key === undefined && query.credential_id === undefined)
    scope = { ...scope, account: twinOf(scope) ?? scope.account };
  const narrowTo = (narrower: Partial<UsageFilter>): void => {
    scope = { ...scope, ...narrower };
  };
  if (query.credential_id !== undefined) {
    const found = names.keyOf(query.credential_id);
    const isTwins = found !== undefined && scope.key === undefined && found.account === twinOf(scope);
    if (found === undefined || !(isTwins || isWithin(scope, found))) throw notFound('credential_id');
    narrowTo({ account: found.account, key: found.key });
  }
  const serviceNames = [];
  if (query.application_id !== undefined) {
    const found = names.applicationOf(query.application_id);
    if (found === undefined || !isWithin(scope, found)) throw notFound('application_id');
    narrowTo({ account: found.account });
    serviceNames.push(found.service);
  }
  if (query.service_id !== undefined) {
    const service = catalogue.service(query.service_id);
    if (service === undefined) throw notFound('service_id');
    serviceNames.push(service.name);
  }
  for (const name of serviceNames) narrowTo({ actions: narrowActions(options, scope, name) });
  if (query.protocol !== undefined) narrowTo({ protocol: query.protocol });
  if (query.api_id !== undefined) {
    const api = catalogue.api(query.api_id);
    if (api === undefined) throw notFound('api_id');
    const contradicts = scope.protocol !== undefined && scope.protocol !== api.protocol;
    const isLeftOut = scope.actions?.includes(api.action) === false;
    narrowTo({ protocol: api.protocol, actions: contradicts || isLeftOut ? [] : [api.action] });
  }
  return scope;
}

/** The account of who asks, whatever the query says; only an operator may name another. */
export function scopeOfVisitor(
  { names }: UsageRouteOptions,
  visitor: Visitor,
  userId: string | undefined,
): UsageFilter {
  if (visitor.access === 'public') throw new ManagementError('not_signed_in');
  if (visitor.access === 'operator') {
    if (userId === undefined) return { account: undefined };
    const account = names.accountOf(userId);
    if (account === undefined) throw notFound('user_id');
    return { account };
  }
  const { account } = visitor;
  const own = ['me', account.accountId, ...('person' in visitor ? [visitor.person.id] : [])];
  if (userId !== undefined && !own.includes(userId)) throw new ManagementError('forbidden');
  return visitor.access === 'credential'
    ? { account: account.id, key: visitor.key.id }
    : { account: account.id };
}

/** Another account's names are as unknown as those that do not exist, and a credential knows only itself. */
function isWithin(scope: UsageFilter, found: { readonly account: number; readonly key?: number }): boolean {
  if (scope.account !== undefined && scope.account !== found.account) return false;
  return scope.key === undefined || found.key === undefined || scope.key === found.key;
}

function narrowActions({ catalogue }: UsageRouteOptions, scope: UsageFilter, service: string): string[] {
  const actions = catalogue.apis.filter((api) => api.service === service).map(({ action }) => action);
  const unique = [...new Set(actions)];
  return scope.actions === undefined ? unique : unique.filter((action) => scope.actions?.includes(action));
}

export function callFilterOf(options: UsageRouteOptions, visitor: Visitor, query: Query): UsageCallFilter {
  const { outcome, sandbox, status_code: status } = query;
  const isKnown =
    outcome === undefined || OUTCOMES.some((code) => code === outcome) || Object.hasOwn(FAULTS, outcome);
  if (!isKnown) throw new ManagementError('bad_request', 'outcome is neither an outcome nor a fault');
  const fromMs = readTime(query.created_at_from, 'created_at_from');
  const toMs = readTime(query.created_at_to, 'created_at_to');
  return {
    ...scopeOf(options, visitor, query),
    ...(status === undefined ? {} : { statusCode: readWhole(status, 'status_code', 100, 599) }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(sandbox === undefined ? {} : { sandbox: sandbox === 'true' }),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  };
}

export function readWhole(text: string, name: string, minimum: number, maximum: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= minimum && number <= maximum))
    throw new ManagementError('bad_request', `${name} must be a whole number from ${minimum} to ${maximum}`);
  return number;
}

const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/** With an offset, or a date alone, which is midnight in UTC. */
function readTime(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  // An unescaped plus arrives as a space.
  const ms = TIME.test(text.replace(' ', '+')) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
  if (Number.isNaN(ms))
    throw new ManagementError('bad_request', `${name} must be a time like 2026-11-21T08:00:00Z`);
  return ms;
}

function notFound(name: string): ManagementError {
  return new ManagementError('bad_request', `${name} is not known`);
}
