// The sandbox's side of the pipeline: documented inputs give documented answers, nothing live is touched.

import type { Conclusion } from '../domain/conclusion.ts';
import type { Contact } from '../domain/contact.ts';
import type { FaultCode } from '../domain/fault.ts';
import type { DeliveryState } from './verifications.ts';

export interface Rehearsal {
  /**
   * The documented answer for this input; throws the documented Fault. Waits as long as the table says.
   * undefined: the sandbox has no say and the action runs as it would live (platform actions).
   */
  rehearse(
    action: string,
    input: Readonly<Record<string, unknown>>,
    /** Row id of the sandbox account: what one of them does, another does not see. */
    accountId?: number,
  ): Conclusion | Promise<Conclusion> | undefined;
}

/** What has become of a message that was never written. */
export interface PlayedDelivery {
  readonly deliveryState: DeliveryState;
  readonly channel: 'sandbox';
  /** As a channel would name it; '' where there is nothing to say. */
  readonly reason: string;
}

/** The documented recipients of one-time codes, for whoever plays codes without an action. Keeps nothing. */
export interface RecipientRehearsal {
  /** Why no code is sent; undefined: one is. */
  refuseSend(contact: Contact): FaultCode | undefined;
  /** What is wrong with entering this code, after one was sent; undefined: it is right. */
  refuseCode(contact: Contact, code: string): FaultCode | undefined;
  deliver(contact: Contact, ageMs: number): PlayedDelivery;
}
