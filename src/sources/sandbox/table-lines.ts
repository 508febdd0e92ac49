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

const STATUS_ZH = {
  normal: '正常',
  suspended: '停机',
  cancelled: '销号',
  vacant: '空号',
  not_in_network: '不在网',
  unusable: '在网但不可用',
  unknown: '未知',
} as const satisfies Record<LineStatus, string>;

const STATUS_ROWS = LINE_STATUSES.map(
  (status): SandboxRow => ({
    number: STATUS_NUMBERS[status],
    meaning: {
      en: `A line whose status is ${status.replaceAll('_', ' ')}.`,
      zh: `状态为${STATUS_ZH[status]}的号码。`,
    },
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
    meaning: { en: `A line in service for ${months} months.`, zh: `在网 ${months} 个月的号码。` },
    answers: { 'line-tenure': outcomeOf('known', { months, range }) },
  }),
);

const MISMATCH_LINES = {
  phone_id_card: {
    number: '16900000301',
    en: 'Name agrees, ID card differs.',
    zh: '姓名一致，身份证号不一致。',
  },
  phone_name: {
    number: '16900000302',
    en: 'ID card agrees, name differs.',
    zh: '身份证号一致，姓名不一致。',
  },
  phone_name_id_card: {
    number: '16900000303',
    en: 'Name and ID card differ.',
    zh: '姓名和身份证号均不一致。',
  },
  name_id_card: {
    number: '16900000304',
    en: 'Name and ID card do not belong together.',
    zh: '姓名与身份证号不匹配。',
  },
  other: { number: '16900000305', en: 'Elements differ in another way.', zh: '要素以其他方式不一致。' },
} as const satisfies Record<Mismatch, unknown>;

const MISMATCH_ROWS = MISMATCHES.map((mismatch): SandboxRow => {
  const { number, en, zh } = MISMATCH_LINES[mismatch];
  return {
    number,
    meaning: {
      en: `${en} VerifyMode "1" shows it as ResultDetail.`,
      zh: `${zh}VerifyMode 为 "1" 时以 ResultDetail 返回。`,
    },
    answers: {
      ...fromCarriers((carrier) => outcomeOf('mismatch', { carrier, mismatch })),
      'identity-match': outcomeOf('mismatch', { carrier: 'mobile', mismatch }),
      'name-match': outcomeOf(mismatch === 'phone_id_card' ? 'match' : 'mismatch'),
    },
  };
});

const CARRIER_LINES = [
  { number: '16900000400', carrier: '', en: 'no recorded carrier', zh: '没有运营商记录' },
  { number: '16900000401', carrier: 'mobile', en: 'carrier mobile', zh: '运营商为移动' },
  { number: '16900000402', carrier: 'telecom', en: 'carrier telecom', zh: '运营商为电信' },
  { number: '16900000403', carrier: 'unicom', en: 'carrier unicom', zh: '运营商为联通' },
  { number: '16900000404', carrier: 'broadnet', en: 'carrier broadnet', zh: '运营商为广电' },
  { number: '16900000405', carrier: 'virtual', en: 'a virtual carrier', zh: '虚拟运营商' },
  {
    number: '16900000406',
    carrier: 'Example Wireless',
    en: 'a carrier in free text',
    zh: '运营商为任意文本',
  },
] as const;

/** An action for one carrier does not serve the lines of another. */
const CARRIER_ROWS = CARRIER_LINES.map(
  ({ number, carrier, en, zh }): SandboxRow => ({
    number,
    meaning: { en: `A line with ${en}; the elements agree.`, zh: `${zh}；各要素一致。` },
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
