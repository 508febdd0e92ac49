// A fault of a request that is no call yet, though its caller is authenticated: it belongs in that account's call log.

import { Fault } from '../domain/fault.ts';
import type { ApiKey } from '../ports/accounts.ts';

export class KnownCallerFault extends Fault {
  readonly key: ApiKey;
  /** The catalogue's name, or empty before an action was found: what a caller wrote is not kept. */
  readonly action: string;

  constructor(fault: Fault, key: ApiKey, action: string) {
    super(fault.code, fault.detail, fault.cause);
    this.key = key;
    this.action = action;
  }
}

/** Names the caller in a fault that names none yet; a defect is left as it is. */
export function nameCaller(error: unknown, key: ApiKey, action: string): unknown {
  return error instanceof Fault && !(error instanceof KnownCallerFault)
    ? new KnownCallerFault(error, key, action)
    : error;
}
