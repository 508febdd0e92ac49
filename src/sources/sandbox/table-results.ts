// Sandbox rows 169000001NN: one number for each outcome, from every action that can reach it. The other actions give
// the nearest thing they have, so that one number plays one situation everywhere.

import type { OutcomeCode } from '../../domain/outcome.ts';
import {
  type Answer,
  CARRIER_ACTIONS,
  faultOf,
  type Meaning,
  outcomeOf,
  REHEARSED_ACTIONS,
  type RehearsedAction,
  type SandboxRow,
} from './answer.ts';
import { DEFAULT_ANSWERS, emptyOf, LONG_TENURE } from './default-answer.ts';

type Group = 'line-status' | 'line-tenure' | 'identity-match' | 'name-match';

interface Situation {
  readonly number: string;
  readonly meaning: Meaning;
  /** The outcome by kind of action; an absent kind gives its default answer. */
  readonly outcomes: Readonly<Partial<Record<Group, OutcomeCode>>>;
}

/** Of actions that ask nothing of a line. */
type BareOutcome = 'completed' | 'code_sent' | 'code_verified';

/** Platform actions complete without the sandbox; every other outcome has its number here. */
const SITUATIONS = {
  known: {
    number: '16900000100',
    meaning: { en: 'Everything is known and agrees.', zh: '一切已知且一致。' },
    outcomes: { 'line-status': 'known', 'line-tenure': 'known' },
  },
  match: {
    number: '16900000101',
    meaning: { en: 'The elements agree.', zh: '各要素一致。' },
    outcomes: { 'identity-match': 'match', 'name-match': 'match' },
  },
  mismatch: {
    number: '16900000102',
    meaning: { en: 'The elements do not agree.', zh: '各要素不一致。' },
    outcomes: { 'identity-match': 'mismatch', 'name-match': 'mismatch' },
  },
  number_vacant: {
    number: '16900000103',
    meaning: { en: 'The number does not exist (any more).', zh: '号码不存在或已不存在。' },
    outcomes: { 'line-tenure': 'number_vacant', 'identity-match': 'no_record', 'name-match': 'no_record' },
  },
  tenure_unknown: {
    number: '16900000104',
    meaning: { en: 'The number exists, its tenure is not known.', zh: '号码存在，在网时长未知。' },
    outcomes: { 'line-tenure': 'tenure_unknown' },
  },
  no_record: {
    number: '16900000105',
    meaning: { en: 'Nothing is known of the number.', zh: '没有该号码的任何记录。' },
    outcomes: {
      'line-status': 'no_record',
      'line-tenure': 'range_unsupported',
      'identity-match': 'no_record',
      'name-match': 'no_record',
    },
  },
  number_invalid: {
    number: '16900000106',
    meaning: { en: 'The number counts as malformed.', zh: '号码格式视为错误。' },
    outcomes: {
      'line-status': 'number_invalid',
      'line-tenure': 'number_invalid',
      'identity-match': 'number_invalid',
      'name-match': 'number_invalid',
    },
  },
  id_card_invalid: {
    number: '16900000107',
    meaning: { en: 'The ID card number counts as malformed.', zh: '身份证号格式视为错误。' },
    outcomes: { 'identity-match': 'id_card_invalid' },
  },
  name_invalid: {
    number: '16900000108',
    meaning: { en: 'The name counts as malformed.', zh: '姓名格式视为错误。' },
    outcomes: { 'identity-match': 'name_invalid', 'name-match': 'name_invalid' },
  },
  source_busy: {
    number: '16900000109',
    meaning: { en: 'The source is busy.', zh: '数据源繁忙。' },
    outcomes: {
      'line-status': 'source_busy',
      'line-tenure': 'source_busy',
      'identity-match': 'source_busy',
      'name-match': 'source_failed',
    },
  },
  source_error: {
    number: '16900000110',
    meaning: {
      en: 'The source answers with something that cannot be read.',
      zh: '数据源返回的内容无法读取。',
    },
    outcomes: {
      'line-status': 'source_busy',
      'line-tenure': 'source_busy',
      'identity-match': 'source_error',
      'name-match': 'source_error',
    },
  },
  source_failed: {
    number: '16900000111',
    meaning: { en: 'The source cannot be asked.', zh: '数据源无法访问。' },
    outcomes: {
      'line-status': 'source_busy',
      'line-tenure': 'source_busy',
      'identity-match': 'source_busy',
      'name-match': 'source_failed',
    },
  },
  daily_limit: {
    number: '16900000112',
    meaning: { en: 'The value was asked too often today.', zh: '该值今日查询次数过多。' },
    outcomes: {
      'line-status': 'daily_limit',
      'line-tenure': 'daily_limit',
      'identity-match': 'daily_limit',
      'name-match': 'daily_limit',
    },
  },
  range_unsupported: {
    number: '16900000113',
    meaning: { en: 'The number range is not served.', zh: '不支持该号段。' },
    outcomes: {
      'line-status': 'range_unsupported',
      'line-tenure': 'range_unsupported',
      'identity-match': 'range_unsupported',
      'name-match': 'range_unsupported',
    },
  },
} as const satisfies Record<Exclude<OutcomeCode, BareOutcome>, Situation>;

export const RESULT_ROWS: readonly SandboxRow[] = Object.values<Situation>(SITUATIONS).map((situation) => ({
  number: situation.number,
  meaning: situation.meaning,
  answers: Object.fromEntries(
    REHEARSED_ACTIONS.flatMap((action) => {
      const outcome = situation.outcomes[groupOf(action)];
      return outcome === undefined ? [] : [[action, answerOf(action, outcome)]];
    }),
  ),
}));

function groupOf(action: RehearsedAction): Group {
  return action in CARRIER_ACTIONS ? 'identity-match' : (action as Group);
}

function answerOf(action: RehearsedAction, outcome: OutcomeCode): Answer {
  // The actions for one carrier have no result code for the daily limit.
  if (outcome === 'daily_limit' && action in CARRIER_ACTIONS) return faultOf('daily_limit_reached');
  if (outcome === 'match') return DEFAULT_ANSWERS[action];
  if (outcome === 'known') return action === 'line-tenure' ? LONG_TENURE : DEFAULT_ANSWERS[action];
  if (outcome !== 'mismatch' || action === 'name-match') return emptyOf(action, outcome);
  return outcomeOf('mismatch', { ...DEFAULT_ANSWERS[action].output, mismatch: 'phone_name_id_card' });
}
