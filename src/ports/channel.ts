// Who carries a message to a person, and the queue in front of it. Addresses and texts are personal data: an implementation
// names neither in errors or logs.

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface MailChannel {
  readonly name: string;
  /** Resolves when the next station has taken the mail over. Throws ChannelError when it has not. */
  deliver(mail: Mail, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Why a message did not leave; `reason` is a code such as 'ECONNECTION' or '451', never text of the other side. */
export class ChannelError extends Error {
  readonly reason: string;
  readonly retryable: boolean;
  /** Nobody knows whether it was taken over: sent again it could arrive twice. */
  readonly mayHaveLeft: boolean;

  constructor(reason: string, retryable: boolean, mayHaveLeft = false) {
    super(`the message was not taken over: ${reason}`);
    this.name = 'ChannelError';
    this.reason = reason;
    this.retryable = retryable;
    this.mayHaveLeft = mayHaveLeft;
  }
}

export interface Mailer {
  /** Would a mail be queued now? Asked before anything depends on who is written to. */
  hasRoom(): boolean;
  /**
   * Queues and returns at once; what finds no room is dropped and counted. A decoy takes the same way and is thrown away at
   * its end: a request that writes to nobody cannot be told from one that does.
   */
  post(mail: Mail, kind: 'real' | 'decoy'): void;
}
