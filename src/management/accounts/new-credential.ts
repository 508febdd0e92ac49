// The making of a credential, by its account's holder or by an operator: one set of fields, one set of rules.

import { Type } from '../../core/json-schema.ts';
import { NO_CAPS } from '../../domain/usage-cap.ts';
import type { IssuedCredential } from '../../ports/account-desk.ts';
import type { Account } from '../../ports/accounts.ts';
import { refuseInactive } from '../application-routes.ts';
import { nameIn } from '../name-text.ts';
import { ManagementError, type ManagementRequest } from '../route.ts';
import { futureIn } from '../time-text.ts';
import { type AccountsContext, actorOf, atDesk } from './context.ts';
import { ALLOWED_APIS, API_IDS, actionsIn, CAPS, capsIn, createCredentialShape } from './credential-shape.ts';

const CALLS = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const TIME = Type.String({ maxLength: 40 });

export const CREDENTIAL_NAME = Type.Optional(Type.String({ maxLength: 100 }));
/** null takes a limit away. */
export const CREDENTIAL_LIMITS = {
  limited_amount: Type.Optional(Type.Union([CALLS, Type.Null()])),
  expired_at: Type.Optional(Type.Union([TIME, Type.Null()])),
  allowed_api_ids: Type.Optional(Type.Union([API_IDS, Type.Null()], ALLOWED_APIS)),
};
export const NEW_CREDENTIAL = {
  application_id: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
  name: CREDENTIAL_NAME,
  sandbox: Type.Optional(
    Type.Boolean({ description: 'For trying out: documented inputs, documented answers, never charged.' }),
  ),
  ...CREDENTIAL_LIMITS,
  caps: Type.Optional(CAPS),
};

type Context = Pick<AccountsContext, 'desk' | 'catalogue'>;

/** What the one-time answer to a new or rotated credential says, its secrets included. */
export function createIssuedShape({ desk, catalogue }: Context) {
  const shape = createCredentialShape(catalogue);
  return ({ credential, token, secretId, secretKey }: IssuedCredential) => {
    const shaped = shape(credential, desk.applications(credential.accountId));
    return { ...shaped, token, secret_id: secretId, secret_key: secretKey };
  };
}

/** undefined where no application is named; throws not_found for one that the account does not have. */
export function createServiceFinder({ desk }: Context) {
  return (accountId: string, applicationId: unknown) => {
    if (applicationId === undefined || applicationId === null) return undefined;
    const found = desk.applications(accountId).find((one) => one.applicationId === applicationId);
    if (found === undefined) throw new ManagementError('not_found');
    return found.service;
  };
}

/** Reads NEW_CREDENTIAL of the request's body; throws what management calls answer. */
export function createCredentialMaker(context: Context) {
  const { desk, catalogue } = context;
  const shapeIssued = createIssuedShape(context);
  const serviceOf = createServiceFinder(context);

  return async (request: ManagementRequest, account: Account) => {
    refuseInactive(account);
    const { body, receivedAtMs } = request;
    const service = serviceOf(account.accountId, body.application_id);
    const { allowed_api_ids: apis, expired_at: expiry, limited_amount: calls, caps } = body;
    const restriction = {
      service,
      actions: apis === undefined || apis === null ? undefined : actionsIn(catalogue, apis, service),
      expiresAtMs:
        expiry === undefined || expiry === null ? undefined : futureIn(expiry, receivedAtMs, 'expired_at'),
      callsMax: calls === undefined || calls === null ? undefined : Number(calls),
      caps: caps === undefined ? undefined : { ...NO_CAPS, ...capsIn(caps) },
    };
    const isFree = Object.values(restriction).every((value) => value === undefined);
    const wanted = {
      ...(body.name === undefined ? {} : { name: nameIn(request) }),
      ...(isFree ? {} : { restriction }),
      sandbox: body.sandbox === true,
    };
    return shapeIssued(
      await atDesk(() => desk.createCredential(actorOf(request), account.accountId, wanted)),
    );
  };
}
