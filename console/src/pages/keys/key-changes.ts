// What a form changes of a key: nothing that was left as it is.

import type { Dayjs } from 'dayjs';
import type { Answer, Input } from '../../api/call.ts';

export const CAP_NAMES = ['calls_per_day', 'calls_per_month', 'minor_per_day', 'minor_per_month'] as const;

/** An empty field is no limit. */
export interface LimitFields extends Partial<Record<(typeof CAP_NAMES)[number], number | null>> {
  readonly limit?: number | null;
  readonly expires?: Pick<Dayjs, 'toISOString'> | null;
}

export interface KeyFields extends LimitFields {
  readonly name?: string;
  /** Their ids; none is all. */
  readonly services?: readonly string[];
}

type Key = Answer<'GET /credentials'>['items'][number];
type Service = Pick<Answer<'GET /services'>['items'][number], 'id' | 'api_ids'>;
type Changes = NonNullable<Input<'PATCH /credentials/{id}'>['body']>;

/** The services of which a key may ask anything; partly: of one of them not everything. None where it may ask all. */
export function servicesOf(
  { allowed_api_ids: allowed }: Pick<Key, 'allowed_api_ids'>,
  services: readonly Service[],
): { readonly ids: readonly string[]; readonly isPartly: boolean } {
  if (allowed === null) return { ids: [], isPartly: false };
  const some = services.filter(({ api_ids: ids }) => ids.some((id) => allowed.includes(id)));
  return {
    ids: some.map(({ id }) => id),
    isPartly: some.some(({ api_ids: ids }) => !ids.every((id) => allowed.includes(id))),
  };
}

export function changesOf(key: Key, fields: KeyFields, services: readonly Service[]): Changes {
  const name = fields.name?.trim() ?? '';
  const limit = fields.limit ?? null;
  const expires = fields.expires?.toISOString() ?? null;
  const before = key.expired_at === null ? null : new Date(key.expired_at).toISOString();
  const caps = Object.fromEntries(
    CAP_NAMES.map((cap) => [cap, fields[cap] ?? null] as const).filter(
      ([cap, value]) => value !== (key.caps[cap] ?? null),
    ),
  );
  return {
    ...(name === key.name ? {} : { name }),
    ...apisOf(key, fields.services, services),
    ...(limit === key.limited_amount ? {} : { limited_amount: limit }),
    ...(expires === before ? {} : { expired_at: expires }),
    ...(Object.keys(caps).length === 0 ? {} : { caps }),
  };
}

function apisOf(key: Key, wanted: readonly string[] | undefined, services: readonly Service[]) {
  if (wanted === undefined) return {};
  const { ids } = servicesOf(key, services);
  if (ids.length === wanted.length && ids.every((id) => wanted.includes(id))) return {};
  const apis = services.filter(({ id }) => wanted.includes(id)).flatMap(({ api_ids: of }) => of);
  return { allowed_api_ids: apis.length === 0 ? null : apis };
}
