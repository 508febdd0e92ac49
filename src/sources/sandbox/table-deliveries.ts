// Sandbox rows 1690003NNNN: recipients of one-time codes. The hundreds tell the kind: 00 and 01 what becomes of the message (01: late,
// by so many seconds), 02 refused by a guard, 03 what fails after the code was sent.

import type { FaultCode } from '../../domain/fault.ts';
import { GUARDS, type Guard } from '../../ports/verifications.ts';
import type { Meaning } from './answer.ts';
import { addressOf, type ContactRow, DELIVERED, type DeliveryStage } from './contact-row.ts';

const SECOND_MS = 1000;
const LIFETIME_MS = 300 * SECOND_MS;
const STEP_MS = 5 * SECOND_MS;

const stage = (
  fromMs: number,
  deliveryState: DeliveryStage['deliveryState'],
  reason = '',
): DeliveryStage => ({
  fromMs,
  deliveryState,
  reason,
});

const MESSAGE_ROWS: readonly ContactRow[] = [
  recipient('0000', 'delivered', { en: 'The message arrives at once.', zh: '消息立即送达。' }, DELIVERED),
  recipient(
    '0001',
    'no-receipt',
    { en: 'The message is taken over, and nothing more is heard of it.', zh: '消息已被接收，此后没有回执。' },
    [stage(0, 'sent')],
  ),
  recipient(
    '0002',
    'undelivered',
    {
      en: 'The message is taken over, and after 5 s reported undeliverable.',
      zh: '消息已被接收，5 秒后回报无法送达。',
    },
    [stage(0, 'sent'), stage(STEP_MS, 'failed', 'UNDELIV')],
  ),
  recipient(
    '0003',
    'channel-down',
    { en: 'The message waits for its channel, and is given up after 5 s.', zh: '消息等待通道，5 秒后放弃。' },
    [stage(0, 'queued'), stage(STEP_MS, 'failed', 'ECONNECTION')],
  ),
  recipient(
    '0004',
    'never-sent',
    {
      en: 'The message waits for its channel until its code is over (300 s).',
      zh: '消息等待通道，直到验证码过期（300 秒）。',
    },
    [stage(0, 'queued'), stage(LIFETIME_MS, 'expired')],
  ),
  recipient(
    '0005',
    'unconfirmed',
    { en: 'Nobody knows whether the message was taken over.', zh: '无法确定消息是否已被接收。' },
    [stage(0, 'sent', 'unconfirmed')],
  ),
  failing(
    '0006',
    'no-channel',
    { en: 'No channel can take a message: no code is sent.', zh: '没有通道可用，未发送验证码。' },
    { send: 'send_failed' },
  ),
];

const LATE_SECONDS = [1, 5, 10, 30] as const;
const LATE_ROWS = LATE_SECONDS.map((seconds) =>
  recipient(
    `01${String(seconds).padStart(2, '0')}`,
    `late-${seconds}`,
    {
      en: `The message is taken over, and arrives after ${seconds} s.`,
      zh: `消息已被接收，${seconds} 秒后送达。`,
    },
    [stage(0, 'sent'), stage(seconds * SECOND_MS, 'delivered')],
  ),
);

const REFUSALS = {
  country: {
    lastDigits: '0201',
    fault: 'send_refused',
    en: 'its country is not served',
    zh: '不支持其所在国家或地区',
  },
  line_type: {
    lastDigits: '0202',
    fault: 'send_refused',
    en: 'a fixed or premium-rate line',
    zh: '固定电话或高资费号码',
  },
  dead_line: {
    lastDigits: '0203',
    fault: 'send_refused',
    en: 'the registry calls the number vacant',
    zh: '登记库中为空号',
  },
  delay: {
    lastDigits: '0204',
    fault: 'send_too_early',
    en: 'the last code was sent a moment ago',
    zh: '刚刚发送过验证码',
  },
  attempts: {
    lastDigits: '0205',
    fault: 'send_refused',
    en: 'too many wrong codes were entered',
    zh: '错误验证码输入过多',
  },
  recipient: {
    lastDigits: '0206',
    fault: 'send_refused',
    en: 'as many codes as are allowed were sent to it',
    zh: '发往该收件人的验证码已达上限',
  },
  recipient_total: {
    lastDigits: '0213',
    fault: 'send_refused',
    en: 'as many codes as are allowed were sent to it by all accounts together',
    zh: '所有账户发往该收件人的验证码合计已达上限',
  },
  prefix: {
    lastDigits: '0207',
    fault: 'send_refused',
    en: 'as many codes as are allowed were sent to its prefix',
    zh: '发往该号段的验证码已达上限',
  },
  country_rate: {
    lastDigits: '0208',
    fault: 'send_refused',
    en: 'as many codes as are allowed were sent to its country',
    zh: '发往该国家或地区的验证码已达上限',
  },
  account: {
    lastDigits: '0209',
    fault: 'send_limit_reached',
    en: 'the account has sent as many as it may',
    zh: '账户发送数量已达上限',
  },
  address: {
    lastDigits: '0210',
    fault: 'send_limit_reached',
    en: 'the caller address has sent as many as it may',
    zh: '调用方地址发送数量已达上限',
  },
  user: {
    lastDigits: '0212',
    fault: 'send_limit_reached',
    en: "the address of the application's user has sent as many as it may",
    zh: '应用用户的地址发送数量已达上限',
  },
  breaker: {
    lastDigits: '0211',
    fault: 'send_refused',
    en: 'codes to its prefix are never entered',
    zh: '发往该号段的验证码从未被输入',
  },
} as const satisfies Record<Guard, Meaning & { lastDigits: string; fault: FaultCode }>;

const GUARD_ROWS = GUARDS.map((guard) => {
  const { lastDigits, fault, en, zh } = REFUSALS[guard];
  const meaning = {
    en: `Refused by the guard \`${guard}\`: ${en}.`,
    zh: `被防护规则 \`${guard}\` 拒绝：${zh}。`,
  };
  return failing(lastDigits, `guard-${guard}`, meaning, { send: fault });
});

const LATER_ROWS: readonly ContactRow[] = [
  failing(
    '0301',
    'code-over',
    { en: 'A code is sent, and is over when it is entered.', zh: '验证码已发送，输入时已过期。' },
    {
      verify: 'code_unusable',
    },
  ),
  failing(
    '0302',
    'never-right',
    {
      en: 'A code is sent, and every one that is entered is wrong.',
      zh: '验证码已发送，输入的任何验证码均错误。',
    },
    {
      verify: 'code_wrong',
    },
  ),
  failing(
    '0303',
    'already-verified',
    {
      en: 'A code is sent, though the contact is verified already.',
      zh: '验证码已发送，但联系方式已验证过。',
    },
    {
      verify: 'contact_verified',
    },
  ),
  failing(
    '0304',
    'not-kept',
    { en: 'The code is right, and the contact cannot be kept.', zh: '验证码正确，但无法保存联系方式。' },
    {
      verify: 'contact_not_added',
    },
  ),
  failing(
    '0305',
    'not-listed',
    {
      en: 'It can be verified, and is not there when it is to be deleted.',
      zh: '可以验证，但删除时已不存在。',
    },
    {
      delete: 'contact_not_found',
    },
  ),
];

export const DELIVERY_ROWS: readonly ContactRow[] = [
  ...MESSAGE_ROWS,
  ...LATE_ROWS,
  ...GUARD_ROWS,
  ...LATER_ROWS,
];

function recipient(
  lastDigits: string,
  name: string,
  meaning: Meaning,
  delivery: ContactRow['delivery'],
): ContactRow {
  return { number: `1690003${lastDigits}`, address: addressOf(name), meaning, faults: {}, delivery };
}

function failing(
  lastDigits: string,
  name: string,
  meaning: Meaning,
  faults: ContactRow['faults'],
): ContactRow {
  return { ...recipient(lastDigits, name, meaning, DELIVERED), faults };
}
