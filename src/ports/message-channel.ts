// Who carries a one-time code to a number or mailbox. Recipients and texts are personal data: an implementation names neither
// in errors, reasons or logs.

export type ContactKind = 'phone' | 'email';

export interface Message {
  /** Of the verification, a UUID: the same however often the message is handed over. */
  readonly id: string;
  readonly kind: ContactKind;
  /** An E.164 number with the plus, or an e-mail address. */
  readonly to: string;
  /** Of a mail; empty for a text message. */
  readonly subject: string;
  readonly text: string;
  readonly language: 'en' | 'zh';
  /** From then on the message is worth nothing. */
  readonly expiresMs: number;
}

/** What became of a message, as the station that took it over says later. */
export interface Receipt {
  /** As send() gave it. */
  readonly reference: string;
  readonly state: 'delivered' | 'failed';
  /** A code such as '1' or 'UNDELIV', never text of the other side. */
  readonly reason: string;
}

export interface HandedOver {
  /** The station's name for it, under which receipts come; empty where it gives none. */
  readonly reference: string;
}

export interface MessageChannel {
  /** Of the configuration, such as 'smpp'. */
  readonly name: string;
  readonly kinds: readonly ContactKind[];
  /**
   * Resolves when the next station has taken the message over. Throws ChannelError: with `mayHaveLeft` false the message has
   * certainly not been taken and another channel may carry it; with true nobody knows, and nobody may send it again.
   * An abort of the signal makes it throw soon: with `mayHaveLeft` true from the moment that the message was being written.
   */
  send(message: Message, signal: AbortSignal): Promise<HandedOver>;
  /** Is it connected, as far as it knows? */
  isUp(): boolean;
  /** Ends connections; what is being sent meanwhile throws. */
  close(): Promise<void>;
}

/**
 * Given to a channel when it is made. Receipts may come twice, late, or for messages of an earlier run. Resolves when the receipt is
 * kept, with false where it could not be: then the station is to tell it again. Never rejects.
 */
export type OnReceipt = (receipt: Receipt) => Promise<boolean>;
