// Credentials as AceData shows them. An API stands for its action: a restriction to it holds under every protocol.

import { Type } from '../../core/json-schema.ts';
import { NO_CAPS, USAGE_CAPS, type UsageCaps } from '../../domain/usage-cap.ts';
import type { Application, Credential } from '../../ports/account-desk.ts';
import type { ApiCatalogue } from '../api-catalogue.ts';
import { ManagementError } from '../route.ts';
import { timeText } from '../time-text.ts';
import { maskToken } from './masked-token.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
export const NULLABLE_COUNT = Type.Union([
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  Type.Null(),
]);
const API_IDS_MAX = 100;

/** Charged calls and minor units, a day and a month; null is no cap. */
export const CAPS = Type.Object(
  {
    calls_per_day: Type.Optional(NULLABLE_COUNT),
    calls_per_month: Type.Optional(NULLABLE_COUNT),
    minor_per_day: Type.Optional(NULLABLE_COUNT),
    minor_per_month: Type.Optional(NULLABLE_COUNT),
  },
  { additionalProperties: false },
);
/** What changes of them. */
export const CAP_CHANGES = Type.Union([CAPS, Type.Null()], {
  description: 'Caps that are not named stay; null takes all four away.',
});
/** The same question costs the same and is limited together whichever protocol it comes through. */
export const ALLOWED_APIS = {
  description:
    'An id stands for its question under every protocol: the answer lists all the ids that this allows.',
};
export const API_IDS = Type.Array(Type.String({ maxLength: 64 }), { maxItems: API_IDS_MAX });

export const CREDENTIAL = Type.Object({
  id: Type.String(),
  application_id: NULLABLE_TEXT,
  user_id: Type.String(),
  name: Type.String(),
  type: Type.String({ enum: ['Token'] }),
  sandbox: Type.Boolean({ description: 'Answered by the sandbox on documented inputs, never charged.' }),
  token: Type.String({
    description: 'In full when it is created or rotated; later its last four characters.',
  }),
  secret_id: Type.String({ description: 'For signed protocols; masked later.' }),
  secret_key: Type.Optional(Type.String({ description: 'Shown with the token only.' })),
  limited_amount: NULLABLE_COUNT,
  expired_at: NULLABLE_TEXT,
  allowed_api_ids: Type.Union([API_IDS, Type.Null()], ALLOWED_APIS),
  caps: CAPS,
  disabled: Type.Boolean(),
  created_at: Type.String(),
});

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function shapeCaps(caps: UsageCaps | undefined): Record<string, number | null> {
  const cell = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
  return Object.fromEntries(USAGE_CAPS.map((name) => [snake(name), cell(caps?.[name])]));
}

/** null takes a cap away, or all of them. */
export function capsIn(value: unknown): Partial<UsageCaps> {
  if (value === null) return NO_CAPS;
  const given = value as Readonly<Record<string, number | null | undefined>>;
  const read: Partial<Record<keyof UsageCaps, number>> = {};
  for (const name of USAGE_CAPS) {
    const cell = given[snake(name)];
    if (cell !== undefined) read[name] = cell ?? Number.POSITIVE_INFINITY;
  }
  return read;
}

export function actionsIn(catalogue: ApiCatalogue, ids: unknown, service: string | undefined): Set<string> {
  const actions = (ids as readonly string[]).map((id) => {
    const api = catalogue.api(id);
    if (api === undefined || (service !== undefined && api.service !== service))
      throw new ManagementError('bad_request', 'allowed_api_ids has an API that the service does not have.');
    return api.action;
  });
  if (actions.length === 0)
    throw new ManagementError('bad_request', 'allowed_api_ids must name an API, or be left out.');
  return new Set(actions);
}

export function createCredentialShape(catalogue: ApiCatalogue) {
  return (
    {
      credentialId,
      accountId,
      name,
      maskedId,
      tokenEnding,
      sandbox,
      state,
      createdMs,
      restriction,
    }: Credential,
    applications: readonly Application[],
  ) => {
    const { service, actions, expiresAtMs, callsMax, caps } = restriction ?? {};
    return {
      id: credentialId,
      application_id: applications.find((one) => one.service === service)?.applicationId ?? null,
      user_id: accountId,
      name,
      type: 'Token',
      sandbox,
      token: maskToken(tokenEnding),
      secret_id: maskedId,
      limited_amount: callsMax ?? null,
      expired_at: timeText(expiresAtMs),
      allowed_api_ids:
        actions === undefined
          ? null
          : catalogue.apis.filter(({ action }) => actions.has(action)).map(({ id }) => id),
      caps: shapeCaps(caps),
      disabled: state !== 'enabled',
      created_at: timeText(createdMs),
    };
  };
}
