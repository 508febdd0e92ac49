// Rows of the option table about who carries one-time codes beside mail: a message centre (SMPP) and any HTTP gateway.

import { type OptionRow, text, whole } from './option-row.ts';
import { refuseUnknownRows } from './table-rows.ts';

/** What SMPP has room for (section 5.2). */
function plainText(lengthMax: number): (value: string) => string | undefined {
  return (value) =>
    /^[\x20-\x7e]*$/.test(value) && value.length <= lengthMax
      ? undefined
      : `has more than ${lengthMax} characters, or others than plain ASCII`;
}

export const CHANNEL_OPTIONS = {
  smppHost: text('localhost', 'Message centre for text messages (SMPP 3.4).'),
  smppPort: whole(2775, 1, 65_535, 'Port of the message centre.'),
  smppSecurity: text('tls', 'How the connection to the message centre is encrypted.', {
    choices: ['tls', 'none'],
    weakens: (security: string) =>
      security === 'none'
        ? 'smpp-security is none: codes and numbers travel readable to the message centre'
        : undefined,
  }),
  smppCa: text(
    undefined,
    'Certificate authorities of the message centre in PEM, instead of the public ones.',
  ),
  smppSystemId: text('', 'Name to bind with.', { refuse: plainText(15) }),
  smppPassword: text(undefined, 'Password to bind with.', { secret: true }),
  smppSystemType: text('', 'System type to bind with.', { refuse: plainText(12) }),
  smppSource: text('', 'Sender that text messages come from: a number, a short code or a name.', {
    refuse: plainText(20),
  }),
  smppSourceTon: whole(
    5,
    0,
    6,
    'Type of number of the sender: 0 unknown, 1 international, 3 short code, 5 name.',
  ),
  smppSourceNpi: whole(0, 0, 18, 'Numbering plan of the sender: 0 unknown, 1 ISDN.'),
  smppPacking: text(
    'unpacked',
    'How the message centre takes the GSM 7-bit alphabet: one septet an octet, or packed.',
    {
      choices: ['unpacked', 'packed'],
    },
  ),
  smppMessageIds: text(
    'same',
    'How receipts name messages: as the answer to the submit did, or in the other base.',
    {
      choices: ['same', 'hex_then_decimal', 'decimal_then_hex'],
    },
  ),
  smppWindow: whole(10, 1, 1000, 'Submits without an answer at once.'),
  smppPerSecond: whole(50, 1, 100_000, 'Submits a second.'),
  smppSegmentsMax: whole(10, 1, 255, 'Segments of one text message; a longer one is refused.'),
  smppEnquireMs: whole(
    30_000,
    1000,
    3_600_000,
    'How often an idle connection to the message centre is tried.',
  ),
  smppBindTimeoutMs: whole(10_000, 100, 600_000, 'How long connecting and binding may take.'),
  smppRetryBaseMs: whole(1000, 10, 600_000, 'Wait before binding again; it doubles.'),
  smppRetryMaxMs: whole(60_000, 10, 3_600_000, 'Longest such wait.'),

  gatewayUrl: text(
    undefined,
    'URL of the HTTP gateway of the channel webhook; its query may hold placeholders.',
  ),
  gatewayMethod: text('POST', 'How it is called.', { choices: ['POST', 'PUT', 'GET'] }),
  gatewayHeaders: {
    type: 'texts',
    default: {},
    description: 'Headers of each call, such as the one that authorises it.',
    secret: true,
  },
  gatewayBody: text(
    '{"id":"{id}","to":"{to}","subject":"{subject}","text":"{text}","language":"{language}"}',
    'Body of each call with the placeholders {to} {number} {text} {subject} {id} {language}; number is without the plus.',
  ),
  gatewayBodyKind: text('json', 'What the body is.', { choices: ['json', 'form'] }),
  gatewaySecret: text(undefined, 'Calls are signed, and receipts must be, under this secret.', {
    secret: true,
  }),
  gatewayStatuses: {
    type: 'integers',
    default: [],
    description: 'Statuses that say that a message was taken; none: every 2xx.',
  },
  gatewayRetryable: {
    type: 'integers',
    default: [429, 503],
    description: 'Statuses of refusals after which another attempt may help.',
  },
  gatewayUncertain: {
    type: 'integers',
    default: [502, 504],
    description:
      'Statuses by which a relay says that it does not know what became of the message: it counts as sent, and nobody sends it again.',
  },
  gatewayVerdict: {
    type: 'texts',
    default: { path: '', accepted: '', retryable: '' },
    description:
      'For gateways that answer 200 to everything: path of the field of the answer that says what they did, and its values, separated by commas, that mean taken, or refused for now; all others are refusals.',
    refuse: (table: Record<string, string>) => refuseUnknownRows(table, ['path', 'accepted', 'retryable']),
  },
  gatewayReference: text('', "Where the answer has the gateway's name for the message, such as data.0.id."),
  gatewayReceipts: {
    type: 'texts',
    default: { reference: 'id', state: 'state', reason: 'reason', delivered: 'delivered', failed: 'failed' },
    description:
      'How its receipts at /api/v1/receipts/webhook say what became of a message: paths of the fields, and the values of the state that mean delivered or failed, separated by commas.',
  },
  gatewayConnections: whole(64, 1, 10_000, 'Connections to one gateway at once.'),
  webhookNetworks: {
    type: 'strings',
    default: [],
    description:
      'Networks (10.0.0.0/8) that webhooks of accounts may reach although they are not public; none: only public addresses.',
    weakens: (networks: readonly string[]) =>
      networks.length > 0
        ? `accounts can make this server call addresses in ${networks.join(', ')}`
        : undefined,
  },
  webhookCa: text(undefined, 'Certificate authorities for webhooks in PEM, besides the public ones.'),
} as const satisfies Record<string, OptionRow>;
