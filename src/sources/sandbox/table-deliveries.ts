// Sandbox rows 1690003NNNN: recipients of one-time codes. The hundreds tell the kind: 00 and 01 what becomes of the message (01: late,
// by so many seconds), 02 refused by a guard, 03 what fails after the code was sent.

import type { FaultCode } from '../../domain/fault.ts';
import { GUARDS, type Guard } from '../../ports/verifications.ts';
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
  recipient('0000', 'delivered', 'The message arrives at once.', DELIVERED),
  recipient('0001', 'no-receipt', 'The message is taken over, and nothing more is heard of it.', [
    stage(0, 'sent'),
  ]),
  recipient('0002', 'undelivered', 'The message is taken over, and after 5 s reported undeliverable.', [
    stage(0, 'sent'),
    stage(STEP_MS, 'failed', 'UNDELIV'),
  ]),
  recipient('0003', 'channel-down', 'The message waits for its channel, and is given up after 5 s.', [
    stage(0, 'queued'),
    stage(STEP_MS, 'failed', 'ECONNECTION'),
  ]),
  recipient('0004', 'never-sent', 'The message waits for its channel until its code is over (300 s).', [
    stage(0, 'queued'),
    stage(LIFETIME_MS, 'expired'),
  ]),
  recipient('0005', 'unconfirmed', 'Nobody knows whether the message was taken over.', [
    stage(0, 'sent', 'unconfirmed'),
  ]),
  failing('0006', 'no-channel', 'No channel can take a message: no code is sent.', { send: 'send_failed' }),
];

const LATE_SECONDS = [1, 5, 10, 30] as const;
const LATE_ROWS = LATE_SECONDS.map((seconds) =>
  recipient(
    `01${String(seconds).padStart(2, '0')}`,
    `late-${seconds}`,
    `The message is taken over, and arrives after ${seconds} s.`,
    [stage(0, 'sent'), stage(seconds * SECOND_MS, 'delivered')],
  ),
);

const REFUSALS = {
  country: { lastDigits: '0201', fault: 'send_refused', meaning: 'its country is not served' },
  line_type: { lastDigits: '0202', fault: 'send_refused', meaning: 'a fixed or premium-rate line' },
  dead_line: { lastDigits: '0203', fault: 'send_refused', meaning: 'the registry calls the number vacant' },
  delay: { lastDigits: '0204', fault: 'send_too_early', meaning: 'the last code was sent a moment ago' },
  attempts: { lastDigits: '0205', fault: 'send_refused', meaning: 'too many wrong codes were entered' },
  recipient: {
    lastDigits: '0206',
    fault: 'send_refused',
    meaning: 'as many codes as are allowed were sent to it',
  },
  recipient_total: {
    lastDigits: '0213',
    fault: 'send_refused',
    meaning: 'all accounts together have sent as many codes to it as are allowed',
  },
  prefix: {
    lastDigits: '0207',
    fault: 'send_refused',
    meaning: 'as many codes as are allowed were sent to its prefix',
  },
  country_rate: {
    lastDigits: '0208',
    fault: 'send_refused',
    meaning: 'as many codes as are allowed were sent to its country',
  },
  account: {
    lastDigits: '0209',
    fault: 'send_limit_reached',
    meaning: 'the account has sent as many as it may',
  },
  address: {
    lastDigits: '0210',
    fault: 'send_limit_reached',
    meaning: 'the caller address has sent as many as it may',
  },
  user: {
    lastDigits: '0212',
    fault: 'send_limit_reached',
    meaning: "the address of the application's user has sent as many as it may",
  },
  breaker: { lastDigits: '0211', fault: 'send_refused', meaning: 'codes to its prefix are never entered' },
} as const satisfies Record<Guard, { lastDigits: string; fault: FaultCode; meaning: string }>;

const GUARD_ROWS = GUARDS.map((guard) => {
  const { lastDigits, fault, meaning } = REFUSALS[guard];
  return failing(lastDigits, `guard-${guard}`, `Refused by the guard \`${guard}\`: ${meaning}.`, {
    send: fault,
  });
});

const LATER_ROWS: readonly ContactRow[] = [
  failing('0301', 'code-over', 'A code is sent, and is over when it is entered.', {
    verify: 'code_unusable',
  }),
  failing('0302', 'never-right', 'A code is sent, and every one that is entered is wrong.', {
    verify: 'code_wrong',
  }),
  failing('0303', 'already-verified', 'A code is sent, though the contact is verified already.', {
    verify: 'contact_verified',
  }),
  failing('0304', 'not-kept', 'The code is right, and the contact cannot be kept.', {
    verify: 'contact_not_added',
  }),
  failing('0305', 'not-listed', 'It can be verified, and is not there when it is to be deleted.', {
    delete: 'contact_not_found',
  }),
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
  meaning: string,
  delivery: ContactRow['delivery'],
): ContactRow {
  return { number: `1690003${lastDigits}`, address: addressOf(name), meaning, faults: {}, delivery };
}

function failing(
  lastDigits: string,
  name: string,
  meaning: string,
  faults: ContactRow['faults'],
): ContactRow {
  return { ...recipient(lastDigits, name, meaning, DELIVERED), faults };
}
