// Who makes a management call: by bearer token or by session cookie, as far as the row accepts it.

import type { Access, Visitor } from '../management/route.ts';
import type { OperatorSession } from '../ports/account-desk.ts';
import type { Account, AccountDirectory } from '../ports/accounts.ts';
import type { Person } from '../ports/people.ts';

export interface SignedIn {
  readonly person: Person;
  readonly proofId: string;
}

export interface VisitorSources {
  findSession(value: string): Promise<SignedIn | undefined>;
  findPlatformToken(token: string): Promise<SignedIn | undefined>;
  readonly directory: Pick<AccountDirectory, 'findToken'>;
  findAccount(accountId: string): Account | undefined;
  /** The name of the token's owner, for the audit log. */
  findOperator(token: string): string | undefined;
  findOperatorSession(value: string): OperatorSession | undefined;
}

export interface Proofs {
  /** Of `Authorization: Bearer`. */
  readonly bearer: string | undefined;
  readonly session: string | undefined;
}

export type FoundVisitor =
  | Visitor
  /** Nothing that could be known; or known, and not accepted here. */
  | 'unknown'
  | 'unwelcome';

const PLATFORM_TOKEN = /^platform-v1-/;
/** A person's session has no such beginning: one cookie serves both, so that a browser is one visitor. */
const OPERATOR_SESSION = /^operator-/;
const BEARER = /^bearer +([\x21-\x7e]{1,512}) *$/i;

/** undefined without one; '' for one that cannot be read. */
export function readBearer(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (BEARER.exec(header)?.[1] ?? '');
}

export function createVisitorFinder(sources: VisitorSources) {
  function personal(access: 'session' | 'platform-token', found: SignedIn | undefined): FoundVisitor {
    const account = found === undefined ? undefined : sources.findAccount(found.person.accountId);
    return found === undefined || account === undefined ? 'unknown' : { access, ...found, account };
  }

  async function ofBearer(token: string, accepted: readonly Access[]): Promise<FoundVisitor> {
    if (PLATFORM_TOKEN.test(token)) return personal('platform-token', await sources.findPlatformToken(token));
    const operator = accepted.includes('operator') ? sources.findOperator(token) : undefined;
    if (operator !== undefined) return { access: 'operator', operator };
    const found = sources.directory.findToken(token);
    return found.kind === 'key'
      ? { access: 'credential', key: found.key, account: found.key.account }
      : 'unknown';
  }

  async function ofSession(value: string): Promise<FoundVisitor> {
    if (!OPERATOR_SESSION.test(value)) return personal('session', await sources.findSession(value));
    const session = sources.findOperatorSession(value);
    return session === undefined
      ? 'unknown'
      : { access: 'operator', operator: session.name, operatorSession: session };
  }

  /** A bearer token goes before the cookie: who sends one means it. */
  return async ({ bearer, session }: Proofs, accepted: readonly Access[]) => {
    const isPublic = accepted.includes('public');
    if (accepted.length === 1 && isPublic) return { access: 'public' } satisfies Visitor;
    let found: FoundVisitor = 'unknown';
    if (bearer !== undefined) found = await ofBearer(bearer, accepted);
    else if (session !== undefined) found = await ofSession(session);
    if (typeof found === 'object' && accepted.includes(found.access)) return found;
    if (isPublic && bearer === undefined) return { access: 'public' } satisfies Visitor;
    return typeof found === 'object' && bearer === undefined ? 'unwelcome' : 'unknown';
  };
}
