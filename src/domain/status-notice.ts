// What an account's webhook is told of its verifications. Neither the recipient nor the code is in it: the account knows the
// verification by its id.

export const NOTICE_EVENTS = [
  'verification.sent',
  'verification.delivered',
  'verification.failed',
  'verification.expired',
  'verification.verified',
] as const;
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** The fields of a verification that are told; whatever else an object has stays here. */
export interface NoticedVerification {
  readonly id: string;
  readonly kind: string;
  readonly purpose: string;
  readonly codeState: string;
  readonly deliveryState: string;
  readonly channel: string;
  /** A code, '' where there is none. */
  readonly reason: string;
  readonly resent: boolean;
  readonly createdMs: number;
  readonly expiresMs: number;
}

export interface StatusNotice {
  /** A UUID: the same however often the notice is sent. */
  readonly id: string;
  readonly event: NoticeEvent;
  readonly createdMs: number;
  readonly verification: NoticedVerification;
}

/** The notice as JSON, as it is kept, signed and sent. */
export function writeStatusNotice({ id, event, createdMs, verification }: StatusNotice): string {
  return JSON.stringify({
    id,
    event,
    createdAt: writeTime(createdMs),
    verification: {
      id: verification.id,
      status: verification.codeState,
      deliveryStatus: verification.deliveryState,
      kind: verification.kind,
      purpose: verification.purpose,
      channel: verification.channel,
      reason: verification.reason,
      resent: verification.resent,
      createdAt: writeTime(verification.createdMs),
      expiresAt: writeTime(verification.expiresMs),
    },
  });
}

function writeTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
