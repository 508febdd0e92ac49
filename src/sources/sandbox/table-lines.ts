// Sandbox rows 1690000NNNN that stand for lines of one kind each: every status, tenure band, mismatch and carrier.

import { MISMATCHES, type Mismatch } from '../../domain/identity-match.ts';
import { LINE_STATUSES, type LineStatus } from '../../domain/subscriber.ts';
import {
  type Answer,
  type Answers,
  CARRIER_ACTIONS,
  fromIdentityMatches,
  outcomeOf,
  REHEARSED_ACTIONS,
  type SandboxRow,
} from './answer.ts';
import { emptyOf } from './default-answer.ts';

const STATUS_NUMBERS = {
  normal: '16900000000',
  suspended: '16900000001',
  cancelled: '16900000002',
  vacant: '16900000003',
  not_in_network: '16900000004',
  unusable: '16900000005',
  unknown: '16900000099',
} as const satisfies Record<LineStatus, string>;

const STATUS_ROWS = LINE_STATUSES.map(
  (status): SandboxRow => ({
    number: STATUS_NUMBERS[status],
    meaning: `A line whose status is ${status}.`,
    answers: answersOfStatus(status),
  }),
);

/** The record table: a line that is gone has neither a tenure nor a holder. */
function answersOfStatus(status: LineStatus): Answers {
  const outcome = status === 'unknown' ? 'no_record' : 'known';
  const lineStatus = { 'line-status': outcomeOf(outcome, { status }) };
  if (status !== 'cancelled' && status !== 'vacant') return lineStatus;
  return {
    ...fromIdentityMatches(outcomeOf('no_record', { carrier: '' })),
    'name-match': outcomeOf('no_record'),
    ...lineStatus,
    'line-tenure': emptyOf('line-tenure', 'number_vacant'),
  };
}

const BANDS = [
  { months: 0, range: '[0,3)' },
  { months: 3, range: '[3,6)' },
  { months: 6, range: '[6,12)' },
  { months: 12, range: '[12,24)' },
  { months: 24, range: '[24,+)' },
] as const;

/** The last two digits are the months. */
const TENURE_ROWS = BANDS.map(
  ({ months, range }): SandboxRow => ({
    number: `169000002${String(months).padStart(2, '0')}`,
    meaning: `A line in service for ${months} months.`,
    answers: { 'line-tenure': outcomeOf('known', { months, range }) },
  }),
);

const MISMATCH_LINES = {
  phone_id_card: { number: '16900000301', meaning: 'Name agrees, ID card differs.' },
  phone_name: { number: '16900000302', meaning: 'ID card agrees, name differs.' },
  phone_name_id_card: { number: '16900000303', meaning: 'Name and ID card differ.' },
  name_id_card: { number: '16900000304', meaning: 'Name and ID card do not belong together.' },
  other: { number: '16900000305', meaning: 'Elements differ in another way.' },
} as const satisfies Record<Mismatch, unknown>;

const MISMATCH_ROWS = MISMATCHES.map((mismatch): SandboxRow => {
  const { number, meaning } = MISMATCH_LINES[mismatch];
  return {
    number,
    meaning: `${meaning} VerifyMode "1" shows it as ResultDetail.`,
    answers: {
      ...fromCarriers((carrier) => outcomeOf('mismatch', { carrier, mismatch })),
      'identity-match': outcomeOf('mismatch', { carrier: 'mobile', mismatch }),
      'name-match': outcomeOf(mismatch === 'phone_id_card' ? 'match' : 'mismatch'),
    },
  };
});

const CARRIER_LINES = [
  { number: '16900000400', carrier: '', meaning: 'no recorded carrier' },
  { number: '16900000401', carrier: 'mobile', meaning: 'carrier mobile' },
  { number: '16900000402', carrier: 'telecom', meaning: 'carrier telecom' },
  { number: '16900000403', carrier: 'unicom', meaning: 'carrier unicom' },
  { number: '16900000404', carrier: 'broadnet', meaning: 'carrier broadnet' },
  { number: '16900000405', carrier: 'virtual', meaning: 'a virtual carrier' },
  { number: '16900000406', carrier: 'Example Wireless', meaning: 'a carrier in free text' },
] as const;

/** An action for one carrier does not serve the lines of another. */
const CARRIER_ROWS = CARRIER_LINES.map(
  ({ number, carrier, meaning }): SandboxRow => ({
    number,
    meaning: `A line with ${meaning}; the elements agree.`,
    answers: {
      ...fromCarriers((served) =>
        served === carrier
          ? outcomeOf('match', { carrier })
          : outcomeOf('range_unsupported', { carrier: '' }),
      ),
      'identity-match': outcomeOf('match', { carrier }),
    },
  }),
);

export const LINE_ROWS: readonly SandboxRow[] = [
  ...STATUS_ROWS,
  ...TENURE_ROWS,
  ...MISMATCH_ROWS,
  ...CARRIER_ROWS,
];

function fromCarriers(answer: (carrier: string) => Answer): Answers {
  const actions = REHEARSED_ACTIONS.filter((action) => action in CARRIER_ACTIONS);
  return Object.fromEntries(
    actions.map((action) => [action, answer(CARRIER_ACTIONS[action as keyof typeof CARRIER_ACTIONS])]),
  );
}
