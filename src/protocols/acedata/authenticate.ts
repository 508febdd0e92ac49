// Who is calling: the bearer token of the Authorization header. A token that was never issued and one that is malformed
// go the same way through the directory, so that neither bytes nor time tell them apart.

import { Fault } from '../../domain/fault.ts';
import type { AccountDirectory, ApiKey } from '../../ports/accounts.ts';
import { type AceDataRequest, findHeader } from './request.ts';

/** One more than any token may have: what is longer is looked up by its start, and no token has that. */
const LOOKED_UP_LENGTH = 257;
const BEARER = /^bearer(?: +|$)/i;

export function authenticate(
  { rawHeaders }: AceDataRequest,
  directory: Pick<AccountDirectory, 'findToken'>,
): ApiKey {
  const authorization = findHeader(rawHeaders, 'authorization') ?? '';
  const scheme = BEARER.exec(authorization)?.[0];
  if (authorization === '' || scheme === authorization) throw new Fault('authorization_missing');
  if (scheme === undefined) throw new Fault('authorization_malformed');
  const found = directory.findToken(authorization.slice(scheme.length, scheme.length + LOOKED_UP_LENGTH));
  switch (found.kind) {
    case 'key':
      return found.key;
    case 'disabled':
      throw new Fault('key_disabled');
    case 'expired':
      throw new Fault('key_expired');
    case 'unknown':
      throw new Fault('key_unknown');
  }
}
