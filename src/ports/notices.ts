// Notices to accounts' webhooks that wait to be sent, and where they go. Kept until they are delivered or given up, so that a
// receiver gets each at least once.

export interface NewNotice {
  /** A UUID, by which a receiver knows one that comes twice. */
  readonly id: string;
  readonly accountId: number;
  /** JSON (domain/status-notice.ts). */
  readonly body: string;
  readonly nextMs: number;
  readonly expiresMs: number;
}

export interface Notice extends NewNotice {
  readonly seq: number;
  /** How often it was tried so far. */
  readonly attempts: number;
}

export interface WantedNotices {
  readonly limit: number;
  /** Of one account at most. */
  readonly perAccount: number;
  /** Accounts of which none is wanted now. */
  readonly except: readonly number[];
}

export interface NoticeQueue {
  /** Those whose time has come, the least tried first. */
  due(nowMs: number, wanted: WantedNotices): Promise<readonly Notice[]>;
  /** Delivered or given up. */
  done(seq: number): Promise<void>;
  /** Was tried once more and is to be tried again. */
  retryLater(seq: number, nextMs: number): Promise<void>;
  /** How many there were. */
  dropExpired(nowMs: number): Promise<number>;
}

export interface NoticeReceiver {
  readonly url: string;
  /** Signs what is sent to it. */
  readonly secret: string;
}

export interface NoticeReceivers {
  /** undefined: the account has none, or it is disabled. */
  find(accountId: number): Promise<NoticeReceiver | undefined>;
  /** The receiver says that it is gone for good; nothing happens when the account has set another URL meanwhile. */
  disable(accountId: number, url: string): Promise<void>;
}
