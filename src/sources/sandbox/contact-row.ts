// The vocabulary of the sandbox's recipients of one-time codes: what can be done with one, and what becomes of its message.

import type { FaultCode } from '../../domain/fault.ts';
import type { DeliveryState } from '../../ports/verifications.ts';
import type { Meaning } from './answer.ts';

export const CONTACT_JOBS = ['send', 'verify', 'list', 'delete'] as const;
export type ContactJob = (typeof CONTACT_JOBS)[number];

/** An action of each site, and what it does with a contact. */
export const CONTACT_ACTIONS = {
  'contact-code-send': 'send',
  'contact-code-send-domestic': 'send',
  'contact-verify': 'verify',
  'contact-verify-domestic': 'verify',
  'contact-list': 'list',
  'contact-list-domestic': 'list',
  'contact-delete': 'delete',
  'contact-delete-domestic': 'delete',
} as const satisfies Readonly<Record<string, ContactJob>>;
export type ContactAction = keyof typeof CONTACT_ACTIONS;

export function isContactAction(action: string): action is ContactAction {
  return Object.hasOwn(CONTACT_ACTIONS, action);
}

/** From that age of the message on. */
export interface DeliveryStage {
  readonly fromMs: number;
  readonly deliveryState: DeliveryState;
  /** As a channel would name it; '' where there is nothing to say. */
  readonly reason: string;
}

export interface ContactRow {
  /** National number as documented; it also matches with +86 or 0086 in front. undefined: only the address. */
  readonly number: string | undefined;
  /** In lower case; it also matches with a tag behind a plus. undefined: only the number. */
  readonly address: string | undefined;
  readonly meaning: Meaning;
  /** Waited before the answer. */
  readonly delayMs?: number;
  /** The code to enter, where it is another than everybody's. */
  readonly code?: string;
  /** What fails; the other jobs are done. */
  readonly faults: Readonly<Partial<Record<ContactJob, FaultCode>>>;
  /** Of a message that was sent; the first stage begins at 0. */
  readonly delivery: readonly DeliveryStage[];
}

/** Mail to it never leaves a machine: the domain can belong to nobody (RFC 2606, section 2). */
export const SANDBOX_DOMAIN = 'sandbox.invalid';
/** What every recipient is sent. */
export const SANDBOX_CODE = '123456';

export const DELIVERED: readonly DeliveryStage[] = [{ fromMs: 0, deliveryState: 'delivered', reason: '' }];

export function addressOf(name: string): string {
  return `${name.replaceAll('_', '-')}@${SANDBOX_DOMAIN}`;
}

/** The same fault whatever is done. */
export function fromEveryJob(fault: FaultCode): ContactRow['faults'] {
  return { send: fault, verify: fault, list: fault, delete: fault };
}
