// Verifications and refusals as our own calls show them. Times are ISO 8601 in UTC.

import { Type } from '../../core/json-schema.ts';
import {
  GUARDS,
  type RefusedSend,
  type Verification,
  type VerificationFilter,
} from '../../ports/verifications.ts';
import type { ManagementRequest } from '../route.ts';
import { timeIn, timeText } from '../time-text.ts';

export const KIND = Type.String({ enum: ['phone', 'email'] });
export const LANGUAGE = Type.String({ enum: ['en', 'zh'] });
const GUARD = Type.String({ enum: [...GUARDS] });
const DELIVERY_STATES = ['queued', 'sent', 'delivered', 'failed', 'expired'];
const CODE_STATES = ['pending', 'verified', 'replaced', 'expired', 'exhausted'];
const DELIVERY = Type.String({ enum: DELIVERY_STATES });
const TO = Type.String({ description: 'Masked.' });
const ID = Type.String({ title: 'Id of the verification.', titleZh: '验证编号。' });

/** As it is answered when it is sent. */
export const STARTED = Type.Object({
  id: ID,
  status: Type.String({ enum: ['pending'], title: 'State of the code.', titleZh: '验证码状态。' }),
  to: Type.String({ title: 'The recipient, masked.', titleZh: '接收方（已脱敏）。' }),
  kind: Type.String({ enum: ['phone', 'email'], title: 'Kind of recipient.', titleZh: '接收方类型。' }),
  purpose: Type.String({ title: 'What the code is for.', titleZh: '用途。' }),
  expiresAt: Type.String({
    title: 'Until when the code can be entered (ISO 8601, UTC).',
    titleZh: '验证码有效期截止时间（ISO 8601，UTC）。',
  }),
  resendAt: Type.String({
    title: 'Earliest time of the next code to this recipient (ISO 8601, UTC).',
    titleZh: '可再次向该接收方发送的最早时间（ISO 8601，UTC）。',
  }),
  deliveryStatus: Type.String({
    enum: DELIVERY_STATES,
    title: 'State of the message.',
    titleZh: '消息状态。',
  }),
});

export const CHECKED = Type.Object({
  id: ID,
  status: Type.String({ enum: ['verified'], title: 'State of the code.', titleZh: '验证码状态。' }),
});

type Output = Readonly<Record<string, unknown>>;

/** Of what the action concluded. */
export function shapeStarted({ id, to, kind, purpose, expiresAt, resendAt }: Output) {
  return { id, status: 'pending', to, kind, purpose, expiresAt, resendAt, deliveryStatus: 'queued' };
}

/** Of what the action concluded. */
export function shapeChecked({ id }: Output) {
  return { id, status: 'verified' };
}

export const VERIFICATION = Type.Object({
  id: Type.String(),
  status: Type.String({
    enum: CODE_STATES,
    description: 'Of the code. replaced: a newer one was sent. exhausted: too many wrong codes.',
  }),
  to: TO,
  kind: KIND,
  purpose: Type.String(),
  deliveryStatus: DELIVERY,
  channel: Type.String({ description: 'Who took the message over; empty while it waits.' }),
  reason: Type.String({ description: 'Of a failure, as a code; empty otherwise.' }),
  resent: Type.Boolean({ description: 'Handed over again after a crash: it may have arrived twice.' }),
  createdAt: Type.String(),
  expiresAt: Type.String(),
  changedAt: Type.String(),
});

export const REFUSAL = Type.Object({
  time: Type.String(),
  guard: GUARD,
  kind: KIND,
  to: TO,
  country: Type.String(),
  requestId: Type.String(),
  savedMinor: Type.Integer({ description: 'What the message would have cost, in minor units.' }),
});

export const GUARD_SUMS = Type.Object({
  since: Type.String(),
  count: Type.Integer(),
  savedMinor: Type.Integer(),
  items: Type.Array(
    Type.Object({
      guard: GUARD,
      country: Type.String(),
      count: Type.Integer(),
      savedMinor: Type.Integer(),
    }),
  ),
});

/** What is over is over, also where nobody has noted it yet. */
const TIME = Type.Optional(Type.String({ maxLength: 40 }));
export const VERIFICATION_FILTERS = {
  status: Type.Optional(Type.String({ enum: CODE_STATES })),
  deliveryStatus: Type.Optional(DELIVERY),
  kind: Type.Optional(KIND),
  createdFrom: TIME,
  createdTo: TIME,
};

/** Of a query that has them. */
export function verificationFilterIn({ query, receivedAtMs }: ManagementRequest): VerificationFilter {
  const { status, deliveryStatus, kind, createdFrom: from, createdTo: to } = query;
  return {
    codeState: status as VerificationFilter['codeState'],
    nowMs: receivedAtMs,
    deliveryState: deliveryStatus as VerificationFilter['deliveryState'],
    kind: kind as VerificationFilter['kind'],
    fromMs: from === undefined ? undefined : timeIn(from, 'createdFrom'),
    toMs: to === undefined ? undefined : timeIn(to, 'createdTo'),
  };
}

export function shapeVerification(verification: Verification, nowMs: number) {
  const { id, codeState, maskedTo, kind, purpose, deliveryState, channel, reason, resent } = verification;
  const isOver = codeState === 'pending' && verification.expiresMs <= nowMs;
  return {
    ...{ id, status: isOver ? 'expired' : codeState, to: maskedTo, kind, purpose },
    ...{ deliveryStatus: deliveryState, channel, reason, resent },
    createdAt: timeText(verification.createdMs),
    expiresAt: timeText(verification.expiresMs),
    changedAt: timeText(verification.changedMs),
  };
}

export function shapeRefusal({ timeMs, maskedTo, seq: _seq, ...rest }: RefusedSend) {
  return { ...rest, time: timeText(timeMs), to: maskedTo };
}
