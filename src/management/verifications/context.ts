// What the calls about verifications work with, and whose of them a visitor may see.

import type { ActionDefinition } from '../../core/action.ts';
import type { Execute } from '../../core/execute.ts';
import type { Conclusion } from '../../domain/conclusion.ts';
import { Fault } from '../../domain/fault.ts';
import type { AccountDesk } from '../../ports/account-desk.ts';
import type { Account } from '../../ports/accounts.ts';
import type { Message } from '../../ports/message-channel.ts';
import type { Verifications } from '../../ports/verifications.ts';
import { accountOf, actorOf } from '../accounts/context.ts';
import { ManagementError, type ManagementRequest, type RawBody } from '../route.ts';
import { LINEPROOF_FACE } from './face.ts';
import { callErrorOf } from './fault-errors.ts';

/** Where the status of an account's verifications goes (core/webhook-desk.ts). */
export interface Webhooks {
  show(
    accountId: number,
  ): Promise<{ readonly url: string; readonly isDisabled: boolean; readonly dropped: number } | undefined>;
  /** The secret where it is a new one, to be shown this once. */
  set(
    accountId: number,
    wanted: { readonly url: string; readonly newSecret: boolean; readonly nowMs: number },
  ): Promise<string | undefined>;
  remove(accountId: number): Promise<boolean>;
}

/** What can be looked at. */
export type Shelf = Pick<
  Verifications,
  'find' | 'list' | 'refusals' | 'refusalSums' | 'settings' | 'templates'
>;

export interface VerificationsContext {
  readonly execute: Execute;
  readonly actions: readonly ActionDefinition[];
  readonly verifications: Shelf & Pick<Verifications, 'changeSettings' | 'putTemplate' | 'removeTemplate'>;
  readonly webhooks: Webhooks;
  /** Of sandbox accounts: they never reach the live store. */
  readonly sandbox: Shelf;
  /** Row id of the sandbox account that goes with an account. */
  sandboxTwinOf(account: number): number | undefined;
  readonly noteAct: AccountDesk['noteAct'];
  /** What the outbox of development still holds; undefined where real channels carry everything. */
  readonly findShown: ((id: string) => Message | undefined) | undefined;
  /** Judges and keeps what a gateway says; 'taken' also where it says nothing final. */
  takeReceipt(
    channel: string,
    receipt: RawBody,
    nowMs: number,
  ): Promise<'taken' | 'unsigned' | 'unknown' | 'not_kept'>;
  readonly templates: TemplateLimits;
  /** As far as a URL says itself where it leads. */
  readonly mayCallWebhook: (url: string) => boolean;
}

export interface TemplateLimits {
  /** Segments that a text message may travel in. */
  readonly segmentsMax: number;
  /** Templates of one account. */
  readonly perAccountMax: number;
  /** A code as it could be drawn, and how long it would be valid. */
  readonly sampleCode: string;
  readonly minutes: string;
}

const SERVICE = 'contact-verification';

/** Through the pipeline, as a call of any protocol. */
export async function ask(
  { execute, actions }: VerificationsContext,
  name: string,
  request: ManagementRequest,
  input: Readonly<Record<string, unknown>>,
): Promise<Conclusion> {
  const { visitor, requestId, receivedAtMs, address, idempotencyKey } = request;
  const action = actions.find((one) => one.name === name);
  if (action === undefined) throw new Error(`there is no action ${name}`);
  if (visitor.access !== 'credential') throw new ManagementError('not_signed_in');
  const idempotency =
    idempotencyKey === undefined
      ? undefined
      : { key: idempotencyKey, question: Buffer.from(JSON.stringify(input)) };
  try {
    return await execute({
      ...{ requestId, receivedAtMs, protocol: LINEPROOF_FACE, language: 'en', key: visitor.key, action },
      ...{ input, unknown: [], sealed: undefined, idempotency, address: () => address },
    });
  } catch (error) {
    throw error instanceof Fault ? callErrorOf(error) : error;
  }
}

/** The account of who looks. A credential sees what it could send; of another service it sees nothing. */
export function viewerOf({ sandbox, verifications }: VerificationsContext, request: ManagementRequest) {
  const { visitor } = request;
  const { service, actions } = (visitor.access === 'credential' ? visitor.key.restriction : undefined) ?? {};
  const mayAsk =
    actions === undefined || actions.has('verification-start') || actions.has('verification-check');
  if ((service !== undefined && service !== SERVICE) || !mayAsk) throw restricted();
  const account = accountOf(request);
  return { account, shelf: account.sandbox ? sandbox : verifications };
}

/** As viewerOf; people may look at what their sandbox credentials did. */
export function lookerOf(context: VerificationsContext, request: ManagementRequest) {
  const { account, shelf } = viewerOf(context, request);
  if (request.query.sandbox !== true || account.sandbox) return { id: account.id, shelf };
  // A credential is of the one or of the other, and a live one has nothing there.
  const twin = request.visitor.access === 'credential' ? undefined : context.sandboxTwinOf(account.id);
  return { id: twin ?? account.id, shelf: context.sandbox };
}

/** Who may change what all of the account's messages say: people, and credentials without restriction to single calls. */
export function ownerOf(context: VerificationsContext, request: ManagementRequest): Account {
  const { account } = viewerOf(context, request);
  const { visitor } = request;
  if (visitor.access === 'credential' && visitor.key.restriction?.actions !== undefined) throw restricted();
  if (account.sandbox)
    throw new ManagementError('forbidden', 'The sandbox sends nothing: it has no settings and no templates.');
  return account;
}

/** For the audit log. */
export function changerOf(request: ManagementRequest): string {
  const { visitor } = request;
  return visitor.access === 'credential' ? `key:${visitor.key.secretId}` : actorOf(request);
}

function restricted(): ManagementError {
  return new ManagementError(
    'forbidden',
    'The credential is restricted to another service or to other calls.',
  );
}
